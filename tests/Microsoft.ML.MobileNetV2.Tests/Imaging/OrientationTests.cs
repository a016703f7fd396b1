using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

[TestClass]
public sealed class OrientationTests
{
    private const int LongSide = 96;
    private const int ShortSide = 64;

    /// <summary>JPEG at its best quality changes plain areas by a level or two; the edges between them by more, but there are few.</summary>
    private const double MaxMeanDifference = 3;

    [TestMethod]
    [DataRow((byte)0, DisplayName = "0 is no orientation: as stored")]
    [DataRow((byte)1)]
    [DataRow((byte)2)]
    [DataRow((byte)3)]
    [DataRow((byte)4)]
    [DataRow((byte)5)]
    [DataRow((byte)6)]
    [DataRow((byte)7)]
    [DataRow((byte)8)]
    public void ProcessEncoded_EveryExifOrientation_StandsUpright(byte orientation)
    {
        foreach ((int width, int height) in new[] { (LongSide, ShortSide), (ShortSide, LongSide) })
        {
            SKColor Upright((int X, int Y) place) => TestImages.Quadrants(place.X, place.Y, width, height);
            byte[] encoded = ExifImages.Jpeg(orientation, width, height, Upright);
            foreach (ImageResizeMode mode in Enum.GetValues<ImageResizeMode>())
            {
                ImagePreprocessing preprocessing = new() { InputSize = 32, Resize = mode };
                PixelPlanes expected = PixelPlanes.Decode(TestImages.Png(width, height, (x, y) => Upright((x, y))), preprocessing);

                PixelPlanes actual = PixelPlanes.Decode(encoded, preprocessing);

                Assert.IsLessThan(MaxMeanDifference, actual.DifferenceFrom(expected).Mean, $"{mode} of {width} × {height}");
            }
        }
    }
}
