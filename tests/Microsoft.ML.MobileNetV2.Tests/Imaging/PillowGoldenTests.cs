using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>The pixels that Pillow makes of real photos.</summary>
[TestClass]
[RequiresReferenceData]
public sealed class PillowGoldenTests
{
    /// <summary>Pillow rounds to whole levels twice, which alone makes 0.25 to 0.3.</summary>
    private const double MaxMeanDifference = 0.35;

    /// <summary>Half a level for each rounding, and the decoder's own rounding.</summary>
    private const double MaxDifference = 1.5;

    private static readonly ImageDecodingOptions FullDecoding = new() { UseScaledDecoding = false };

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop, "center_crop", 96)]
    [DataRow(ImageResizeMode.CenterCrop, "center_crop", 224)]
    [DataRow(ImageResizeMode.Stretch, "stretch", 96)]
    [DataRow(ImageResizeMode.Stretch, "stretch", 224)]
    public void ProcessEncoded_FullDecoding_EqualsPillow(ImageResizeMode mode, string kind, int size)
    {
        GoldenImages golden = new();
        ImagePreprocessing preprocessing = new() { InputSize = size, Resize = mode };
        for (int image = 0; image < GoldenImages.Count; image++)
        {
            PixelPlanes actual = PixelPlanes.Decode(golden.Encoded(image), preprocessing, FullDecoding);

            (double mean, double max) = actual.DifferenceFrom(golden.Expected(image, kind, size));
            Assert.IsLessThan(MaxMeanDifference, mean, $"mean, image {image}");
            Assert.IsLessThan(MaxDifference, max, $"max, image {image}");
        }
    }
}
