using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Makes the targets for images.</summary>
internal static class ImageTargets
{
    private const string Source = "x";
    private const int Width = 37;
    private const int Height = 23;

    /// <summary>What the documentation advises for uploads, but smaller: an image may ask for four bytes a pixel.</summary>
    private const long MaxPixelCount = 16_000_000;

    /// <summary>Decodes, and reads the orientation on the way.</summary>
    internal static FuzzTarget Decode(string format)
    {
        byte[][] files = Files(format);
        ImagePreprocessor accepting = new(new ImagePreprocessing { InputSize = 32 }, new() { MaxPixelCount = MaxPixelCount });
        ImagePreprocessor refusing = new(
            accepting.Preprocessing, new() { MaxPixelCount = MaxPixelCount, DamagedData = DamagedDataHandling.Refuse, UseScaledDecoding = false });
        float[] pixels = new float[accepting.PixelCount];
        return new(format, files[0], (_, mutator) => mutator.Mutate(files[mutator.Next(files.Length)]), Read, IsDocumented);

        void Read(byte[] file)
        {
            // The last byte chooses, so that an input alone says what is done with it.
            (file is [.., var last] && last % 2 == 0 ? accepting : refusing).ProcessEncoded(file, Source, view: null, pixels);
            if (!Array.TrueForAll(pixels, float.IsFinite))
            {
                throw new InvalidOperationException("An image gave pixels that are not finite.");
            }
        }
    }

    /// <summary>Reads the orientation alone: whatever the bytes are, it is one of eight, or none.</summary>
    internal static FuzzTarget Orientation(string format)
    {
        byte[][] files = Files(format);
        Func<byte[], int?> read = format switch
        {
            "jpeg" => file => JpegContainer.Orientation(file),
            "png" => file => PngContainer.Orientation(file),
            _ => file => WebpContainer.Orientation(file),
        };
        return new($"{format}-orientation", files[0], (_, mutator) => mutator.Mutate(files[mutator.Next(files.Length)]), Read, _ => false);

        void Read(byte[] file)
        {
            if (read(file) is < 1 or > 8)
            {
                throw new InvalidOperationException("The orientation is none of the eight.");
            }
        }
    }

    internal static FuzzTarget JpegDamage()
    {
        byte[][] files = Files("jpeg");
        return new(
            "jpeg-damage",
            files[0],
            (_, mutator) => mutator.Mutate(files[mutator.Next(files.Length)]),
            file => Imaging.JpegDamage.Find(file),
            _ => false);
    }

    private static byte[][] Files(string format)
    {
        byte[] exif = ContainerImages.Exif(orientation: 6);
        byte[] png = TestImages.Png(Width, Height, TestImages.Noise);
        return format switch
        {
            "jpeg" => Jpegs(exif),
            "png" =>
            [
                ContainerImages.Png(png, "eXIf", exif),
                ContainerImages.Png(png, "tEXt", ContainerImages.Text("Raw profile type exif", ContainerImages.RawProfile(exif))),
                ContainerImages.Png(png, "zTXt", ContainerImages.PackedText("Raw profile type exif", ContainerImages.RawProfile(exif))),
                ContainerImages.Png(png, "iTXt", ContainerImages.InternationalText("XML:com.adobe.xmp", "<x tiff:Orientation=\"6\"/>"u8.ToArray(), isPacked: true)),
                ContainerImages.Png(png, "eXIf", exif, isAtEnd: true),
                .. Odd("*.png"),
            ],
            "webp" =>
            [
                ContainerImages.Webp(Width, Height, TestImages.Noise, ContainerImages.Prefixed(exif)),
                ContainerImages.Webp(Width, Height, TestImages.Noise, exif),
                .. Odd("*.webp"),
            ],
            _ => Odd($"*.{format}"),
        };
    }

    private static byte[][] Jpegs(byte[] exif)
    {
        byte[] plain = TestImages.Jpeg(Width, Height, TestImages.Noise);
        return
        [
            ContainerImages.Jpeg(plain, ContainerImages.Prefixed(exif)),
            ContainerImages.Jpeg(plain, ContainerImages.Prefixed(ContainerImages.Exif(orientation: 6, type: 4, isLittle: false))),
            .. Odd("*.jpg"),
        ];
    }

    private static byte[][] Odd(string pattern) =>
        [.. Directory.EnumerateFiles(TestData.PathOf("OddImages"), pattern).Order(StringComparer.Ordinal).Select(File.ReadAllBytes).Where(file => file.Length < 100_000)];

    private static bool IsDocumented(Exception exception) =>
        exception is ImageDecodingException && exception.Message.StartsWith($"'{Source}': ", StringComparison.Ordinal);
}
