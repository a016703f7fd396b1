using System.Drawing;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class RandomCropPlacementTests
{
    private const int Size = 32;
    private const int Width = 200;
    private const int Height = 150;

    /// <summary>Sums of a few hundred products in single precision.</summary>
    private const double RoundingTolerance = 0.01;

    /// <summary>JPEG at its best quality changes plain areas by a level or two; the edges between them by more, but there are few.</summary>
    private const double MaxMeanJpegDifference = 3;

    private static readonly ImagePreprocessing Stretch = new() { InputSize = Size, Resize = ImageResizeMode.Stretch };

    [TestMethod]
    [DataRow(0UL)]
    [DataRow(1UL)]
    [DataRow(2UL)]
    public void ProcessEncoded_Crop_EqualsThePlainPathOnTheCroppedImage(ulong bits)
    {
        ImageView view = TestViews.Crop(bits);
        Rectangle box = view.Crop!.Choose(Width, Height);
        PixelPlanes expected = PixelPlanes.Decode(
            TestImages.Png(box.Width, box.Height, (x, y) => TestImages.Noise(x + box.X, y + box.Y)), Stretch);

        PixelPlanes actual = PixelPlanes.Decode(TestImages.Png(Width, Height, TestImages.Noise), Stretch, view: view);

        // The filter of the outermost pixels sees what lies around the part, which the cropped image lacks.
        foreach ((int y, int x) in from y in Enumerable.Range(1, Size - 2) from x in Enumerable.Range(1, Size - 2) select (y, x))
        {
            Assert.AreEqual(expected[0, y, x], actual[0, y, x], RoundingTolerance, $"red, y {y}, x {x}");
            Assert.AreEqual(expected[2, y, x], actual[2, y, x], RoundingTolerance, $"blue, y {y}, x {x}");
        }
    }

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop)]
    [DataRow(ImageResizeMode.Pad)]
    public void ProcessEncoded_Crop_FillsTheSquareInEveryMode(ImageResizeMode mode)
    {
        byte[] png = TestImages.Png(Width, Height, TestImages.Noise);
        ImageView view = TestViews.Crop(bits: 3);

        PixelPlanes actual = PixelPlanes.Decode(png, Stretch with { Resize = mode }, view: view);

        Assert.AreSequenceEqual(PixelPlanes.Decode(png, Stretch, view: view).Levels, actual.Levels);
    }

    [TestMethod]
    [DataRow((byte)1)]
    [DataRow((byte)2)]
    [DataRow((byte)3)]
    [DataRow((byte)4)]
    [DataRow((byte)5)]
    [DataRow((byte)6)]
    [DataRow((byte)7)]
    [DataRow((byte)8)]
    public void ProcessEncoded_EveryExifOrientation_CropsTheUprightImage(byte orientation)
    {
        byte[] encoded = ExifImages.Jpeg(orientation, Width, Height, Upright);
        byte[] upright = TestImages.Png(Width, Height, (x, y) => Upright((x, y)));
        for (ulong bits = 0; bits < 5; bits++)
        {
            PixelPlanes expected = PixelPlanes.Decode(upright, Stretch, view: TestViews.Crop(bits));

            PixelPlanes actual = PixelPlanes.Decode(encoded, Stretch, view: TestViews.Crop(bits));

            Assert.IsLessThan(MaxMeanJpegDifference, actual.DifferenceFrom(expected).Mean, $"bits {bits}");
        }
    }

    [TestMethod]
    [DataRow((byte)1)]
    [DataRow((byte)3)]
    [DataRow((byte)6)]
    public void ProcessEncoded_ScaledDecodingOfACrop_StaysInPlace(byte orientation)
    {
        byte[] encoded = TestImages.WithOrientation(TestImages.Jpeg(1003, 1003, (x, y) => new((byte)(x / 4), (byte)(y / 4), 0)), orientation);
        PixelPlanes full = PixelPlanes.Decode(encoded, Stretch, new ImageDecodingOptions { UseScaledDecoding = false }, TestViews.Crop(bits: 1));

        PixelPlanes scaled = PixelPlanes.Decode(encoded, Stretch, view: TestViews.Crop(bits: 1));

        Assert.IsLessThan(0.3, scaled.DifferenceFrom(full).Mean, "a shift of one decoded pixel changes the ramp by two levels");
    }

    [TestMethod]
    [DataRow(0.04f, 2, DisplayName = "at least a fifth of each side of 4000: 96 of 800, times 1.5, is 0.18: two eighths")]
    [DataRow(0.0025f, 6, DisplayName = "at least a twentieth: 96 of 200, times 1.5, is 0.72: six eighths")]
    public void ChooseEighths_Crop_LeavesAMarginForItsResize(float minArea, int largest)
    {
        for (ulong bits = 0; bits < 100; bits++)
        {
            RandomCrop crop = new(minArea, MaxAspectRatio: 1, bits);
            (AxisPlacement x, AxisPlacement y) = crop.Place(4000, 4000, Stretch with { InputSize = 96 });

            int actual = ScaledDecoding.ChooseEighths((4000, 4000), x, y);

            Assert.AreEqual(Math.Ceiling(ScaledDecoding.Margin * 96 / crop.Choose(4000, 4000).Width * ScaledDecoding.FullSize), actual);
            Assert.IsLessThanOrEqualTo(largest, actual);
        }
    }

    // Colors that change slowly, so that a crop in a wrong place shows.
    private static SKColor Upright((int X, int Y) place) => new((byte)(place.X * 255 / Width), (byte)(place.Y * 255 / Height), 128);
}
