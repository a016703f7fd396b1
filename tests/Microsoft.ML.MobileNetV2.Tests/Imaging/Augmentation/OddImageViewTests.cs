using System.Text;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

/// <summary>Views of images that are extreme, damaged or no images.</summary>
[TestClass]
public sealed class OddImageViewTests
{
    private const int ViewCount = 8;

    private static readonly ImagePreprocessor Preprocessor = new(new ImagePreprocessing { InputSize = 32 });

    [TestMethod]
    [DataRow(1, 1)]
    [DataRow(1, 5000)]
    [DataRow(5000, 1)]
    [DataRow(3, 2)]
    public void ProcessEncoded_ExtremeProportions_KeepPlainColorsPlain(int width, int height)
    {
        byte[][] images = [TestImages.Png(width, height, (_, _) => SKColors.White), TestImages.Jpeg(width, height, (_, _) => SKColors.White)];
        foreach ((byte[] image, int number) in from image in images from number in Enumerable.Range(0, ViewCount) select (image, number))
        {
            float[] pixels = new float[Preprocessor.PixelCount];

            Preprocessor.ProcessEncoded(image, "test", TestViews.Draw(number), pixels);

            Assert.IsTrue(Array.TrueForAll(pixels, value => Math.Abs(value - pixels[0]) < 1e-4f && float.IsFinite(value)), $"view {number}");
        }
    }

    [TestMethod]
    public void ProcessEncoded_Unreadable_GivesTheErrorOfThePlainPath()
    {
        byte[] jpeg = TestImages.Jpeg(64, 800, TestImages.Noise);
        byte[][] unreadable =
        [
            [],
            Encoding.UTF8.GetBytes("<html>404 not found</html>"),
            jpeg[..(int)(jpeg.Length * 0.3)],
            jpeg[..(int)(jpeg.Length * 0.99)],
            TestImages.WithClaimedSize(jpeg, 60_000, 50_000),
        ];
        foreach ((byte[] encoded, int number) in from encoded in unreadable from number in Enumerable.Range(0, ViewCount) select (encoded, number))
        {
            string? expected = Outcome(encoded, view: null);

            Assert.AreNotEqual("decoded", expected);
            Assert.AreEqual(expected, Outcome(encoded, TestViews.Draw(number)), $"view {number}");
        }
    }

    [TestMethod]
    public void ProcessEncoded_EveryDrawnOddImage_EndsAsThePlainPathDoes() => AssertEndsAsThePlainPathDoes(OddImages.Committed());

    [TestMethod]
    [RequiresReferenceData]
    public void ProcessEncoded_EveryOddImage_EndsAsThePlainPathDoes() => AssertEndsAsThePlainPathDoes(OddImages.Reference());

    private static void AssertEndsAsThePlainPathDoes(OddImages images)
    {
        foreach (IReadOnlyDictionary<string, string> row in images.Rows)
        {
            byte[] encoded = File.ReadAllBytes(images.PathOf(row));
            for (int number = 0; number < ViewCount; number++)
            {
                Assert.AreEqual(Outcome(encoded, view: null), Outcome(encoded, TestViews.Draw(number)), $"{row["file"]}, view {number}");
            }
        }
    }

    private static string Outcome(byte[] encoded, ImageView? view)
    {
        float[] pixels = new float[Preprocessor.PixelCount];
        try
        {
            Preprocessor.ProcessEncoded(encoded, "cat.jpg", view, pixels);
            return Array.TrueForAll(pixels, float.IsFinite) ? "decoded" : "not finite";
        }
        catch (ImageDecodingException e)
        {
            return e.Message;
        }
    }
}
