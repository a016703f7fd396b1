using Google.Protobuf;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2.Tests.Onnx;

/// <summary>The preprocessing inside of an exported model against the library's own, on the same pixels.</summary>
[TestClass]
public sealed class ImageNodesTests
{
    private const int Size = 64;

    /// <summary>In the network's input, where a level is 1 / 127.5: both sum in single precision, in another order.</summary>
    private const double PreprocessingTolerance = 2e-6;

    public required TestContext TestContext { get; init; }

    public static IEnumerable<(ImageResizeMode Resize, ImageInterpolation Interpolation, int Width, int Height)> Cases =>
        from resize in Enum.GetValues<ImageResizeMode>()
        from interpolation in Enum.GetValues<ImageInterpolation>()
        from size in new[] { (211, 130), (97, 310), (9, 13), (1, 1), (1, 200), (Size, Size), (73, 73), (1031, 777) }
        select (resize, interpolation, size.Item1, size.Item2);

    [TestMethod]
    [DynamicData(nameof(Cases))]
    public void Graph_MakesTheInputThatTheLibraryMakes(ImageResizeMode resize, ImageInterpolation interpolation, int width, int height)
    {
        ImagePreprocessing preprocessing = new()
        {
            InputSize = Size,
            Resize = resize,
            Interpolation = interpolation,
            Background = new(10, 200, 90),
        };
        RawImage raw = RawImage.Decode(DiscImages.Draw(seed: 5, width, height));
        using MLImage image = raw.ToImage();
        float[] expected = new float[3 * Size * Size];
        new ImagePreprocessor(preprocessing).ProcessImage(new MLImagePixels(image), view: null, expected);
        using PlainSession session = new(Export(preprocessing));

        float[] actual = session.Run(raw);

        Assert.HasCount(expected.Length, actual);
        double largest = expected.Zip(actual, (left, right) => Math.Abs((double)left - right)).Max();
        TestContext.WriteLine($"largest difference {largest:E1}");
        Assert.IsLessThanOrEqualTo(PreprocessingTolerance, largest);
    }

    private static byte[] Export(ImagePreprocessing preprocessing)
    {
        OnnxGraphBuilder graph = new("preprocessing");
        string input = new ImageNodes(graph, preprocessing).Add(graph.ImageInput("image"));
        graph.Node("Identity", [input], "scores");
        graph.Output("scores", 1, 3, Size, Size);
        return graph.Build([]).ToByteArray();
    }
}
