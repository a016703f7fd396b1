using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Transforms;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging.Augmentation;

[TestClass]
public sealed class ImagePreprocessorViewTests
{
    private const int Size = 33;
    private const int ViewCount = 20;

    /// <summary>Sums in another order, of levels.</summary>
    private const double RoundingTolerance = 0.01;

    private static readonly ImagePreprocessing Preprocessing = new() { InputSize = Size };
    private static readonly byte[] Png = TestImages.Png(70, 50, TestImages.Noise);

    [TestMethod]
    public void ProcessEncoded_ViewWithoutChanges_IsThePlainImageBitForBit()
        => Assert.AreSequenceEqual(Process(Png, view: null), Process(Png, new ImageView()));

    [TestMethod]
    public void ProcessEncoded_SameView_GivesTheSameBits()
    {
        float[][] first = [.. Enumerable.Range(0, ViewCount).Select(number => Process(Png, TestViews.Draw(number)))];
        float[][] second = [.. Enumerable.Range(0, ViewCount).Select(number => Process(Png, TestViews.Draw(number)))];

        for (int i = 0; i < ViewCount; i++)
        {
            Assert.AreSequenceEqual(first[i], second[i]);
            Assert.IsFalse(first[i].AsSpan().SequenceEqual(first[(i + 1) % ViewCount]), "another view has other pixels");
        }
    }

    [TestMethod]
    public void ProcessEncoded_ViewsInBetween_LeaveThePlainImageAsItIs()
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] expected = new float[preprocessor.PixelCount];
        float[] actual = new float[preprocessor.PixelCount];
        preprocessor.ProcessEncoded(Png, "test", view: null, expected);

        preprocessor.ProcessEncoded(Png, "test", TestViews.Draw(1), actual);
        preprocessor.ProcessEncoded(Png, "test", view: null, actual);

        Assert.AreSequenceEqual(expected, actual);
    }

    [TestMethod]
    [DataRow(true, false)]
    [DataRow(false, true)]
    [DataRow(true, true)]
    public void ProcessEncoded_Mirrored_EqualsTheMirroredImage(bool alongX, bool alongY)
    {
        byte[] mirrored = TestImages.Png(70, 50, (x, y) => TestImages.Noise(alongX ? 69 - x : x, alongY ? 49 - y : y));
        ImagePreprocessing stretch = Preprocessing with { Resize = ImageResizeMode.Stretch };

        PixelPlanes actual = PixelPlanes.Decode(Png, stretch, view: new ImageView { IsMirroredX = alongX, IsMirroredY = alongY });

        Assert.IsLessThan(RoundingTolerance, actual.DifferenceFrom(PixelPlanes.Decode(mirrored, stretch)).Max);
    }

    [TestMethod]
    public void ProcessEncoded_Colors_ChangeLevelsBeforeNormalization()
    {
        ImagePreprocessing torchvision = ImagePreprocessing.Torchvision with { InputSize = Size };
        byte[] plain = TestImages.Png(10, 10, (_, _) => new SKColor(200, 100, 50));

        PixelPlanes actual = PixelPlanes.Decode(plain, torchvision, view: new ImageView { Colors = new() { Brightness = 1.5f } });

        Assert.AreEqual(255, actual[0, 3, 4], RoundingTolerance, "limited");
        Assert.AreEqual(150, actual[1, 3, 4], RoundingTolerance);
        Assert.AreEqual(75, actual[2, Size - 1, Size - 1], RoundingTolerance);
    }

    [TestMethod]
    public void ProcessImage_View_EqualsProcessEncoded()
    {
        using MLImage image = MLImage.CreateFromStream(new MemoryStream(Png));
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] actual = new float[preprocessor.PixelCount];
        for (int number = 0; number < ViewCount; number++)
        {
            preprocessor.ProcessImage(new MLImagePixels(image), TestViews.Draw(number), actual);

            Assert.AreSequenceEqual(Process(Png, TestViews.Draw(number)), actual);
        }
    }

    [TestMethod]
    public void ProcessPixels_View_EqualsProcessEncodedOfTheSquare()
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        byte[] square = TestImages.Png(Size, Size, TestImages.Noise);
        float[] levels = [.. Enumerable.Range(0, 3 * Size * Size).Select(i => Channel(TestImages.Noise(i % Size, i / Size % Size), i / (Size * Size)))];
        float[] actual = new float[preprocessor.PixelCount];
        for (int number = 0; number < ViewCount; number++)
        {
            preprocessor.ProcessPixels(levels, TestViews.Draw(number), actual);

            Assert.AreSequenceEqual(Process(square, TestViews.Draw(number)), actual);
        }
    }

    [TestMethod]
    public void ProcessPixels_ViewWithoutCrop_ShowsTheWholeSquare()
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] levels = [.. Enumerable.Range(0, preprocessor.PixelCount).Select(i => i % 256f)];
        float[] plain = new float[preprocessor.PixelCount];
        float[] actual = new float[preprocessor.PixelCount];
        preprocessor.ProcessPixels(levels, view: null, plain);

        preprocessor.ProcessPixels(levels, new ImageView { IsMirroredX = true, IsMirroredY = true }, actual);

        Assert.AreSequenceEqual(plain[..(Size * Size)].Reverse(), actual[..(Size * Size)]);
    }

    [TestMethod]
    public void ProcessEncoded_EightThreads_GiveTheSameBits()
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] Run(int number)
        {
            float[] destination = new float[preprocessor.PixelCount];
            preprocessor.ProcessEncoded(Png, "test", number % 3 == 0 ? null : TestViews.Draw(number % ViewCount), destination);
            return destination;
        }

        float[][] actual = new float[ViewCount * 24][];
        Parallel.For(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = Run(i));

        for (int i = 0; i < actual.Length; i++)
        {
            Assert.AreSequenceEqual(Run(i), actual[i]);
        }
    }

    private static float Channel(SKColor color, int channel) => channel == 0 ? color.Red : channel == 1 ? color.Green : color.Blue;

    private static float[] Process(byte[] encoded, ImageView? view)
    {
        ImagePreprocessor preprocessor = new(Preprocessing);
        float[] destination = new float[preprocessor.PixelCount];
        preprocessor.ProcessEncoded(encoded, "test", view, destination);
        return destination;
    }
}
