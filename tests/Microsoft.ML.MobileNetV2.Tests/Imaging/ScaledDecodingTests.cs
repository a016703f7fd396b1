using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

[TestClass]
public sealed class ScaledDecodingTests
{
    /// <summary>Photos have 0.3 to 0.8 on average, the sharpest of them 2.1.</summary>
    internal const double MaxMeanDifference = 2.5;

    [TestMethod]
    [DataRow(500, 375, 224, 8, DisplayName = "scaling to a shorter side of 256 needs more than two thirds: nothing to gain")]
    [DataRow(500, 375, 96, 4, DisplayName = "shorter side 110 of 375, times 1.5, is 0.44: four eighths")]
    [DataRow(4000, 3000, 224, 2, DisplayName = "shorter side 256 of 3000, times 1.5, is 0.13: two eighths")]
    [DataRow(40000, 30000, 224, 1, DisplayName = "no smaller share than one eighth exists")]
    [DataRow(20, 10, 224, 8, DisplayName = "an image that grows is never decoded smaller")]
    public void ChooseEighths_LeavesAMarginForTheResize(int width, int height, int inputSize, int expected)
    {
        (AxisPlacement x, AxisPlacement y) = PlainPlacement.Instance.Place(width, height, new() { InputSize = inputSize });

        Assert.AreEqual(expected, ScaledDecoding.ChooseEighths((width, height), x, y));
    }

    [TestMethod]
    [DataRow(96)]
    [DataRow(224)]
    public void ProcessEncoded_ScaledDecodingOfADrawnJpeg_StaysCloseToFullDecoding(int size)
    {
        byte[] encoded = DiscImages.Draw(seed: 1, width: 1603, height: 1201, SkiaSharp.SKEncodedImageFormat.Jpeg, discCount: 500);

        Assert.IsLessThan(MaxMeanDifference, DifferenceOfScaledDecoding(encoded, size));
    }

    [TestMethod]
    [DataRow((byte)1)]
    [DataRow((byte)3)]
    [DataRow((byte)6)]
    public void ProcessEncoded_ScaledDecodingOfAMirroredImage_StaysInPlace(byte orientation)
    {
        // Neither side is a multiple of 8, so that scaled decoding leaves a part of a pixel at the stored end.
        byte[] encoded = TestImages.WithOrientation(TestImages.Jpeg(1003, 1003, (x, y) => new((byte)(x / 4), (byte)(y / 4), 0)), orientation);
        ImagePreprocessing preprocessing = new() { InputSize = 32 };
        PixelPlanes full = PixelPlanes.Decode(encoded, preprocessing, new ImageDecodingOptions { UseScaledDecoding = false });

        PixelPlanes scaled = PixelPlanes.Decode(encoded, preprocessing);

        Assert.IsLessThan(0.3, scaled.DifferenceFrom(full).Mean, "a shift of one decoded pixel changes the ramp by two levels");
    }

    private static double DifferenceOfScaledDecoding(byte[] encoded, int size)
    {
        ImagePreprocessing preprocessing = new() { InputSize = size };
        PixelPlanes full = PixelPlanes.Decode(encoded, preprocessing, new ImageDecodingOptions { UseScaledDecoding = false });

        return PixelPlanes.Decode(encoded, preprocessing).DifferenceFrom(full).Mean;
    }
}
