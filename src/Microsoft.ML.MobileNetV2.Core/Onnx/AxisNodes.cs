using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes into an ONNX graph what becomes of one axis of an image whose length is known only when the graph runs.</summary>
/// <remarks>The same arithmetic as <see cref="PlainPlacement"/> and <see cref="AxisTaps"/>, in the same precision; each value is a number in the graph.</remarks>
/// <param name="Length">The image's length along the axis.</param>
/// <param name="ScaledLength">The length to which the whole axis is scaled.</param>
/// <param name="First">First pixel of the scaled axis that is needed.</param>
/// <param name="Count">How many pixels of it are needed.</param>
/// <param name="Offset">Where the first of them lands in the square.</param>
internal sealed record AxisNodes(string Length, string ScaledLength, string First, string Count, string Offset)
{
    /// <summary>Places an axis.</summary>
    /// <param name="numbers">The graph.</param>
    /// <param name="length">The image's length along this axis.</param>
    /// <param name="otherLength">Its length along the other one.</param>
    /// <param name="preprocessing">What the image must become.</param>
    internal static AxisNodes Place(OnnxNumbers numbers, string length, string otherLength, ImagePreprocessing preprocessing)
    {
        string size = numbers[preprocessing.InputSize];
        string none = numbers[0];
        switch (preprocessing.Resize)
        {
            case ImageResizeMode.CenterCrop:
                string shorter = numbers.Smaller(length, otherLength);
                string scaled = numbers.Divide(numbers.Multiply(length, numbers[PlainPlacement.ExactShorterSide(preprocessing)]), shorter);
                string cropped = numbers.Larger(size, numbers.Round(scaled));
                return new(length, cropped, numbers.HalfOf(numbers.Subtract(cropped, size)), size, none);
            case ImageResizeMode.Pad:
                string longer = numbers.Larger(length, otherLength);
                string count = numbers.Larger(numbers[1], numbers.Round(numbers.Divide(numbers.Multiply(length, size), longer)));
                return new(length, count, none, count, numbers.HalfOf(numbers.Subtract(size, count)));
            default:
                return new(length, size, none, size, none);
        }
    }

    /// <summary>Adds the weights with which source pixels make the needed ones, shape (<see cref="Count"/>, <see cref="Length"/>), and returns their name.</summary>
    internal string AddWeights(OnnxGraphBuilder graph, OnnxNumbers numbers, ImageInterpolation interpolation)
    {
        string scale = numbers.Divide(Length, ScaledLength);
        string needed = numbers.Add(numbers.Range(numbers[0], Count), numbers.Add(First, numbers[0.5]));
        string centers = graph.Node("Unsqueeze", [numbers.Multiply(needed, scale), graph.Constant($"{scale}.columns", [1L])]);
        string sources = numbers.Add(numbers.Range(numbers[0], Length), numbers[0.5]);
        string widening = numbers.Larger(numbers[1], scale);
        string distances = graph.Node("Abs", [numbers.Divide(numbers.Subtract(sources, centers), widening)]);
        string weights = interpolation == ImageInterpolation.Bicubic ? Cubic(numbers, distances) : Triangle(numbers, distances);
        string sums = graph.Node("ReduceSum", [weights, graph.Constant($"{weights}.axes", [1L])]);
        return graph.ToSingle(numbers.Divide(weights, sums));
    }

    private static string Triangle(OnnxNumbers numbers, string x) => numbers.Larger(numbers[0], numbers.Subtract(numbers[1], x));

    /// <summary>Adds Keys' kernel with a = −0.5 without a branch: its outer piece up to 2, and what the inner piece differs from that up to 1.</summary>
    private static string Cubic(OnnxNumbers numbers, string x)
    {
        string a = numbers.Smaller(x, numbers[2]);
        string b = numbers.Smaller(x, numbers[1]);
        string fromTwo = numbers.Subtract(a, numbers[2]);
        string fromOne = numbers.Subtract(b, numbers[1]);
        string outer = numbers.Multiply(numbers.Multiply(numbers[-0.5], numbers.Subtract(a, numbers[1])), numbers.Multiply(fromTwo, fromTwo));
        string inner = numbers.Multiply(numbers.Multiply(fromOne, fromOne), numbers.Subtract(numbers.Add(b, b), numbers[1]));
        return numbers.Add(outer, inner);
    }
}
