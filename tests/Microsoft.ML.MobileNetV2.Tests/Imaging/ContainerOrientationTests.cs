using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>The orientation is found wherever a format may keep it, in any form that other programs write.</summary>
[TestClass]
public sealed class ContainerOrientationTests
{
    private const int Width = 96;
    private const int Height = 64;
    private const int Quarter = 6;

    public static IEnumerable<string> Places =>
    [
        "png eXIf", "png eXIf at the end", "png eXIf with prefix", "png raw profile zTXt", "png raw profile tEXt", "png raw profile iTXt", "png raw profile APP1",
        "png XMP attribute", "png XMP element", "png XMP packed", "webp", "webp with prefix", "jpeg",
    ];

    [TestMethod]
    [DynamicData(nameof(Places))]
    public void ProcessEncoded_OrientationInAnyPlace_StandsUpright(string place)
    {
        ImagePreprocessing preprocessing = new() { InputSize = 32, Resize = ImageResizeMode.Pad };
        PixelPlanes expected = PixelPlanes.Decode(TestImages.Png(Height, Width, (x, y) => Stored(y, Height - 1 - x)), preprocessing);

        PixelPlanes actual = PixelPlanes.Decode(Create(place, ContainerImages.Exif(Quarter)), preprocessing);

        Assert.IsLessThan(place == "jpeg" ? 3 : 0.01, actual.DifferenceFrom(expected).Mean);
    }

    [TestMethod]
    [DynamicData(nameof(Places))]
    public void Orientation_OfEveryValue_IsRead(string place)
    {
        for (int orientation = 1; orientation <= 8; orientation++)
        {
            byte[] exif = ContainerImages.Exif(orientation);

            Assert.AreEqual(orientation, Read(place, exif), place);
        }

        Assert.AreEqual(1, Read(place, ContainerImages.Exif(0)), "0 is no orientation");
        Assert.AreEqual(1, Read(place, ContainerImages.Exif(9)), "9 is no orientation");
    }

    [TestMethod]
    [DataRow(1, DisplayName = "BYTE")]
    [DataRow(3, DisplayName = "SHORT")]
    [DataRow(4, DisplayName = "LONG")]
    [DataRow(6, DisplayName = "SBYTE")]
    [DataRow(8, DisplayName = "SSHORT")]
    [DataRow(9, DisplayName = "SLONG")]
    public void Orientation_OfEveryIntegerTypeAndByteOrder_IsRead(int type)
    {
        foreach (bool isLittle in new[] { true, false })
        {
            foreach (int entriesBefore in new[] { 0, 1, 20 })
            {
                byte[] exif = ContainerImages.Exif(Quarter, type, isLittle, entriesBefore);

                foreach (string place in new[] { "jpeg", "png eXIf", "png raw profile zTXt", "webp", "webp with prefix" })
                {
                    Assert.AreEqual(Quarter, Read(place, exif), $"{place}, little endian: {isLittle}, {entriesBefore} entries before");
                }
            }
        }
    }

    [TestMethod]
    [DynamicData(nameof(Places))]
    public void Orientation_OfDamagedData_IsUprightOrAsWritten(string place)
    {
        byte[] file = Create(place, ContainerImages.Exif(Quarter));
        Random random = new(3);
        for (int i = 0; i < 500; i++)
        {
            byte[] damaged = [.. file];
            for (int change = 0; change < 4; change++)
            {
                damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            }

            foreach (SKEncodedImageFormat format in new[] { SKEncodedImageFormat.Jpeg, SKEncodedImageFormat.Png, SKEncodedImageFormat.Webp })
            {
                Assert.IsInRange(1, 8, ImageFormats.Orientation(format, damaged));
                Assert.IsInRange(1, 8, ImageFormats.Orientation(format, damaged.AsSpan(0, random.Next(damaged.Length))));
            }
        }
    }

    [TestMethod]
    public void Orientation_OfATextThatIsABomb_IsReadWithinMemory()
    {
        byte[] bomb = ContainerImages.PackedText("Raw profile type exif", new byte[50_000_000]);
        byte[] png = ContainerImages.Png(TestImages.Png(Width, Height, Stored), "zTXt", bomb);
        ImageFormats.Orientation(SKEncodedImageFormat.Png, png);

        long before = GC.GetAllocatedBytesForCurrentThread();
        int orientation = ImageFormats.Orientation(SKEncodedImageFormat.Png, png);

        Assert.IsLessThan(2_000_000, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.AreEqual(1, orientation);
    }

    private static SKColor Stored(int x, int y) => TestImages.Quadrants(x, y, Width, Height);

    private static int Read(string place, byte[] exif) => ImageFormats.Orientation(
        place[0] switch { 'p' => SKEncodedImageFormat.Png, 'w' => SKEncodedImageFormat.Webp, _ => SKEncodedImageFormat.Jpeg }, Create(place, exif));

    private static byte[] Create(string place, byte[] exif)
    {
        byte[] png = TestImages.Png(Width, Height, Stored);
        const string Profile = "Raw profile type exif";
        const string Xmp = "XML:com.adobe.xmp";
        int value = ExifOrientation.Read(exif) ?? 0;
        byte[] attribute = Encoding.UTF8.GetBytes($"<x:xmpmeta><rdf:Description tiff:Make='x' tiff:Orientation=\"{value}\"/></x:xmpmeta>");
        byte[] element = Encoding.UTF8.GetBytes($"<x:xmpmeta><tiff:Orientation>{value}</tiff:Orientation></x:xmpmeta>");
        return place switch
        {
            "png eXIf" => ContainerImages.Png(png, "eXIf", exif),
            "png eXIf at the end" => ContainerImages.Png(png, "eXIf", exif, isAtEnd: true),
            "png eXIf with prefix" => ContainerImages.Png(png, "eXIf", ContainerImages.Prefixed(exif)),
            "png raw profile zTXt" => ContainerImages.Png(png, "zTXt", ContainerImages.PackedText(Profile, ContainerImages.RawProfile(ContainerImages.Prefixed(exif)))),
            "png raw profile tEXt" => ContainerImages.Png(png, "tEXt", ContainerImages.Text(Profile, ContainerImages.RawProfile(exif))),
            "png raw profile iTXt" => ContainerImages.Png(png, "iTXt", ContainerImages.InternationalText(Profile, ContainerImages.RawProfile(exif), isPacked: true)),
            "png raw profile APP1" => ContainerImages.Png(
                png, "zTXt", ContainerImages.PackedText("Raw profile type APP1", ContainerImages.RawProfile(ContainerImages.Prefixed(exif))), isAtEnd: true),
            "png XMP attribute" => ContainerImages.Png(png, "iTXt", ContainerImages.InternationalText(Xmp, attribute, isPacked: false)),
            "png XMP element" => ContainerImages.Png(png, "iTXt", ContainerImages.InternationalText(Xmp, element, isPacked: false), isAtEnd: true),
            "png XMP packed" => ContainerImages.Png(png, "iTXt", ContainerImages.InternationalText(Xmp, attribute, isPacked: true)),
            "webp" => ContainerImages.Webp(Width, Height, Stored, exif),
            "webp with prefix" => ContainerImages.Webp(Width, Height, Stored, ContainerImages.Prefixed(exif)),
            _ => ContainerImages.Jpeg(TestImages.Jpeg(Width, Height, Stored), ContainerImages.Prefixed(exif)),
        };
    }
}
