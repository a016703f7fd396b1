using System.Globalization;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>The pixels that Pillow makes of drawn images and of photos.</summary>
[TestClass]
public sealed class PillowGoldenTests
{
    /// <summary>Pillow rounds to whole levels twice, which alone makes 0.25 to 0.3.</summary>
    private const double MaxMeanDifference = 0.35;

    /// <summary>Half a level for each rounding, and the decoder's own rounding.</summary>
    private const double MaxDifference = 1.5;

    private static readonly ImageDecodingOptions FullDecoding = new() { UseScaledDecoding = false };

    [TestMethod]
    public void ProcessEncoded_DrawnImages_EqualsPillow() => AssertEqualsPillow(GoldenImages.Committed(), expectedCount: 8);

    [TestMethod]
    [RequiresReferenceData]
    public void ProcessEncoded_OfPhotos_EqualsPillowAndStaysCloseWithScaledDecoding() => AssertEqualsPillow(GoldenImages.Photos(), expectedCount: 48);

    private static void AssertEqualsPillow(GoldenImages golden, int expectedCount)
    {
        string[] names = [.. golden.Names];
        Assert.HasCount(expectedCount, names);
        foreach (string name in names)
        {
            string[] parts = name.Split('.');
            int size = int.Parse(parts[2], CultureInfo.InvariantCulture);
            int image = int.Parse(parts[0]["image".Length..], CultureInfo.InvariantCulture);
            ImagePreprocessing preprocessing = new()
            {
                InputSize = size,
                Resize = parts[1] == "stretch" ? ImageResizeMode.Stretch : ImageResizeMode.CenterCrop,
            };

            PixelPlanes actual = PixelPlanes.Decode(golden.Encoded(image), preprocessing, FullDecoding);
            PixelPlanes scaled = PixelPlanes.Decode(golden.Encoded(image), preprocessing);

            (double mean, double max) = actual.DifferenceFrom(golden.Expected(name, size));
            Assert.IsLessThan(MaxMeanDifference, mean, $"mean, {name}");
            Assert.IsLessThan(MaxDifference, max, $"max, {name}");
            Assert.IsLessThan(ScaledDecodingTests.MaxMeanDifference, scaled.DifferenceFrom(actual).Mean, $"scaled decoding, {name}");
        }
    }
}
