using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>The resize against a slow one written for these tests.</summary>
[TestClass]
public sealed class ResizeTests
{
    /// <summary>Sums of a few hundred products in single precision.</summary>
    private const double RoundingTolerance = 0.01;

    [TestMethod]
    [DataRow(61, 47, 32, ImageInterpolation.Bilinear, DisplayName = "smaller, triangle")]
    [DataRow(61, 47, 32, ImageInterpolation.Bicubic, DisplayName = "smaller, cubic with overshoot on noise")]
    [DataRow(300, 40, 33, ImageInterpolation.Bicubic, DisplayName = "much smaller along x only, odd size")]
    [DataRow(7, 90, 45, ImageInterpolation.Bilinear, DisplayName = "larger along x, smaller along y")]
    [DataRow(2, 1, 32, ImageInterpolation.Bicubic, DisplayName = "fewer pixels than taps")]
    public void Stretch_EqualsTheSlowResize(int width, int height, int size, ImageInterpolation interpolation)
    {
        ImagePreprocessing preprocessing = new() { InputSize = size, Resize = ImageResizeMode.Stretch, Interpolation = interpolation };

        PixelPlanes actual = PixelPlanes.Decode(TestImages.Png(width, height, TestImages.Noise), preprocessing);

        double[][,] expected = SlowResize.Resize(width, height, TestImages.Noise, size, size, interpolation);
        AssertPart(expected, actual, (0, 0), (0, 0), (size, size));
    }

    [TestMethod]
    [DataRow(50, 40, DisplayName = "landscape: scaled to 46 x 37, so 7 and 2 pixels lie before the square")]
    [DataRow(40, 50, DisplayName = "portrait")]
    public void CenterCrop_IsThePartOfTheWholeScaledImage(int width, int height)
    {
        const int Size = 32;
        ImagePreprocessing preprocessing = new() { InputSize = Size };

        PixelPlanes actual = PixelPlanes.Decode(TestImages.Png(width, height, TestImages.Noise), preprocessing);

        double exactShorter = Size / 0.875;
        int newWidth = (int)Math.Round(width * exactShorter / Math.Min(width, height));
        int newHeight = (int)Math.Round(height * exactShorter / Math.Min(width, height));
        double[][,] expected = SlowResize.Resize(width, height, TestImages.Noise, newWidth, newHeight, ImageInterpolation.Bilinear);
        AssertPart(expected, actual, ((newHeight - Size) / 2, (newWidth - Size) / 2), (0, 0), (Size, Size));
    }

    [TestMethod]
    [DataRow(60, 30, 32, 16, DisplayName = "landscape")]
    [DataRow(30, 60, 16, 32, DisplayName = "portrait")]
    [DataRow(1, 300, 1, 32, DisplayName = "at least one pixel wide")]
    public void Pad_CentersTheImageOnTheBackground(int width, int height, int scaledWidth, int scaledHeight)
    {
        const int Size = 32;
        ImagePreprocessing preprocessing = new() { InputSize = Size, Resize = ImageResizeMode.Pad, Background = new(10, 20, 30) };

        PixelPlanes actual = PixelPlanes.Decode(TestImages.Png(width, height, TestImages.Noise), preprocessing);

        double[][,] expected = SlowResize.Resize(width, height, TestImages.Noise, scaledWidth, scaledHeight, ImageInterpolation.Bilinear);
        (int top, int left) = ((Size - scaledHeight) / 2, (Size - scaledWidth) / 2);
        AssertPart(expected, actual, (0, 0), (top, left), (scaledHeight, scaledWidth));
        foreach ((int y, int x) in new[] { (0, 0), (Size - 1, Size - 1) })
        {
            Assert.AreEqual(10, actual[0, y, x], RoundingTolerance, "red beside the image");
            Assert.AreEqual(30, actual[2, y, x], RoundingTolerance, "blue beside the image");
        }
    }

    [TestMethod]
    [DataRow(1, 10_000)]
    [DataRow(10_000, 1)]
    [DataRow(1, 1)]
    [DataRow(3, 65_000)]
    public void Process_ExtremeProportions_KeepsThePlainColor(int width, int height)
    {
        byte[][] images = [TestImages.Png(width, height, (_, _) => SKColors.White), TestImages.Jpeg(width, height, (_, _) => SKColors.White)];
        foreach (ImageResizeMode mode in Enum.GetValues<ImageResizeMode>())
        {
            foreach (byte[] image in images)
            {
                PixelPlanes actual = PixelPlanes.Decode(image, new ImagePreprocessing { InputSize = 32, Resize = mode });

                Assert.IsTrue(Array.TrueForAll(actual.Levels, level => Math.Abs(level - 255) < RoundingTolerance), mode.ToString());
            }
        }
    }

    private static void AssertPart(
        double[][,] expected, PixelPlanes actual, (int Y, int X) from, (int Y, int X) to, (int Height, int Width) size)
    {
        for (int channel = 0; channel < expected.Length; channel++)
        {
            for (int y = 0; y < size.Height; y++)
            {
                for (int x = 0; x < size.Width; x++)
                {
                    double wanted = expected[channel][from.Y + y, from.X + x];
                    Assert.AreEqual(wanted, actual[channel, to.Y + y, to.X + x], RoundingTolerance, $"channel {channel}, y {y}, x {x}");
                }
            }
        }
    }
}
