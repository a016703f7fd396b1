using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Transforms;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

[TestClass]
public sealed class ImagePreprocessorTests
{
    private const int Size = 32;

    /// <summary>Alpha and color are bytes, so that premultiplied colors are off by up to half a level.</summary>
    private const double AlphaTolerance = 0.51;

    private static readonly ImagePreprocessing Stretch = new() { InputSize = Size, Resize = ImageResizeMode.Stretch };

    [TestMethod]
    [DataRow((byte)0, 10, 20, 30, DisplayName = "transparent: the background")]
    [DataRow((byte)255, 200, 100, 50, DisplayName = "opaque: the color")]
    [DataRow((byte)102, 86, 52, 38, DisplayName = "two fifths of the color, three of the background")]
    public void ProcessEncoded_Alpha_LiesOverTheBackground(byte alpha, int red, int green, int blue)
    {
        ImagePreprocessing preprocessing = Stretch with { Background = new(10, 20, 30) };

        PixelPlanes actual = PixelPlanes.Decode(TestImages.Png(9, 9, (_, _) => new SKColor(200, 100, 50, alpha)), preprocessing);

        AssertPlain(actual, red, green, blue);
    }

    [TestMethod]
    [DataRow(MLPixelFormat.Rgba32)]
    [DataRow(MLPixelFormat.Bgra32)]
    public void ProcessImage_BothPixelFormats_GiveRedGreenBlue(MLPixelFormat format)
    {
        byte[] pixel = format == MLPixelFormat.Rgba32 ? [200, 100, 50, 255] : [50, 100, 200, 255];
        using MLImage image = MLImage.CreateFromPixels(5, 7, format, Repeat(pixel, 35));

        AssertPlain(Process(image, Stretch), 200, 100, 50);
    }

    [TestMethod]
    [DataRow(new byte[] { 80, 40, 20, 102 }, DisplayName = "premultiplied, as ML.NET decodes")]
    [DataRow(new byte[] { 200, 100, 50, 102 }, DisplayName = "straight: red is above alpha")]
    public void ProcessImage_Alpha_LiesOverTheBackground(byte[] pixel)
    {
        using MLImage image = MLImage.CreateFromPixels(5, 7, MLPixelFormat.Rgba32, Repeat(pixel, 35));

        AssertPlain(Process(image, Stretch with { Background = new(10, 20, 30) }), 86, 52, 38);
    }

    [TestMethod]
    public void ProcessImage_EqualsProcessEncoded()
    {
        byte[] png = TestImages.Png(50, 40, TestImages.Noise);
        using MemoryStream stream = new(png);
        using MLImage image = MLImage.CreateFromStream(stream);

        PixelPlanes actual = Process(image, Stretch);

        Assert.AreSequenceEqual(PixelPlanes.Decode(png, Stretch).Levels, actual.Levels);
    }

    [TestMethod]
    public void ProcessImage_Disposed_Throws()
    {
        MLImage image = MLImage.CreateFromPixels(1, 1, MLPixelFormat.Rgba32, [1, 2, 3, 255]);
        image.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => Process(image, Stretch));
    }

    [TestMethod]
    public void ProcessPixels_Normalizes()
    {
        ImagePreprocessor preprocessor = new(ImagePreprocessing.Torchvision with { InputSize = Size });
        float[] destination = new float[preprocessor.PixelCount];
        float[] levels = new float[preprocessor.PixelCount];
        Array.Fill(levels, 255);

        preprocessor.ProcessPixels(levels, view: null, destination);

        Assert.AreEqual((1 - 0.485f) / 0.229f, destination[0], 1e-5f, "red");
        Assert.AreEqual((1 - 0.406f) / 0.225f, destination[^1], 1e-5f, "blue");
    }

    [TestMethod]
    [DataRow(0, "planarRgb0To255")]
    [DataRow(1, "destination")]
    public void ProcessPixels_WrongLength_Throws(int wrongArgument, string expectedName)
    {
        ImagePreprocessor preprocessor = new(Stretch);
        float[][] arguments = [new float[preprocessor.PixelCount], new float[preprocessor.PixelCount]];
        arguments[wrongArgument] = new float[10];

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => preprocessor.ProcessPixels(arguments[0], view: null, arguments[1]));

        Assert.AreEqual(expectedName, exception.ParamName);
        Assert.StartsWith("The pixels have length 10; expected 3072, which is (3, 32, 32).", exception.Message, StringComparison.Ordinal);
    }

    [TestMethod]
    public void ProcessEncoded_EightThreads_GiveTheSameBits()
    {
        byte[][] images = [.. Enumerable.Range(40, 24).Select(side => side % 2 == 0
            ? TestImages.Jpeg(side * 3, side, TestImages.Noise)
            : TestImages.Png(side, side * 2, TestImages.Noise))];
        ImagePreprocessor preprocessor = new(new ImagePreprocessing { InputSize = Size });
        float[] Run(byte[] image)
        {
            float[] destination = new float[preprocessor.PixelCount];
            preprocessor.ProcessEncoded(image, "test", view: null, destination);
            return destination;
        }

        float[][] expected = [.. images.Select(Run)];

        float[][] actual = new float[images.Length * 8][];
        Parallel.For(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i => actual[i] = Run(images[i % images.Length]));

        for (int i = 0; i < actual.Length; i++)
        {
            Assert.AreSequenceEqual(expected[i % images.Length], actual[i]);
        }
    }

    private static PixelPlanes Process(MLImage image, ImagePreprocessing preprocessing)
    {
        ImagePreprocessor preprocessor = new(preprocessing);
        float[] destination = new float[preprocessor.PixelCount];
        preprocessor.ProcessImage(new MLImagePixels(image), view: null, destination);
        return PixelPlanes.FromNormalized(destination, preprocessing);
    }

    private static byte[] Repeat(byte[] pixel, int count) => [.. Enumerable.Repeat(pixel, count).SelectMany(bytes => bytes)];

    private static void AssertPlain(PixelPlanes actual, int red, int green, int blue)
    {
        Assert.AreEqual(red, actual[0, Size / 2, Size / 2], AlphaTolerance, "red");
        Assert.AreEqual(green, actual[1, 0, Size - 1], AlphaTolerance, "green");
        Assert.AreEqual(blue, actual[2, Size - 1, 0], AlphaTolerance, "blue");
    }
}
