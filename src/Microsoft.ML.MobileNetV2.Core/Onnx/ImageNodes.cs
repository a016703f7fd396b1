using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes the preprocessing of an image of any size into an ONNX graph: resize with antialiasing, crop or pad, normalize.</summary>
/// <remarks>
/// Resizing is two matrix products with weights that the graph computes, rather than the operator Resize: that one has antialiasing only from operator
/// set 18 on, cannot cut out before it computes, and its cubic filter leaves the range of levels.
/// </remarks>
internal sealed class ImageNodes(OnnxGraphBuilder graph, ImagePreprocessing preprocessing)
{
    private const int HeightAxis = 1;
    private const int WidthAxis = 2;

    private readonly OnnxNumbers _numbers = new(graph);

    /// <summary>Adds the preprocessing behind <paramref name="image"/>, shape (1, H, W, 3), and returns the name of the network's input, (1, 3, S, S).</summary>
    internal string Add(string image)
    {
        string shape = graph.Node("Shape", [image]);
        string height = AddLength(shape, HeightAxis);
        string width = AddLength(shape, WidthAxis);
        AxisNodes x = AxisNodes.Place(_numbers, width, height, preprocessing);
        AxisNodes y = AxisNodes.Place(_numbers, height, width, preprocessing);
        string levels = AddResize(image, AddWeights(x), AddWeights(y));
        string square = preprocessing.Resize == ImageResizeMode.Pad ? AddPadding(levels, x, y) : levels;
        return AddNormalization(square);
    }

    private string AddLength(string shape, int axis) => graph.ToDouble(graph.Node("Gather", [shape, graph.Index($"axis.{axis}", axis)]));

    private string AddWeights(AxisNodes axis) => axis.AddWeights(graph, _numbers, preprocessing.Interpolation);

    private string AddResize(string image, string columnWeights, string rowWeights)
    {
        // Transposed as bytes, which are a quarter of the memory.
        string planes = graph.ToSingle(Transpose(image, 0, 3, 1, 2));
        string narrowed = AddClip(graph.Node("MatMul", [planes, Transpose(columnWeights, 1, 0)]));
        return AddClip(graph.Node("MatMul", [rowWeights, narrowed]));
    }

    private string Transpose(string value, params ReadOnlySpan<long> axes) => graph.Node("Transpose", [value], null, OnnxGraphBuilder.Integers("perm", axes));

    private string AddClip(string levels) => preprocessing.Interpolation == ImageInterpolation.Bicubic
        ? graph.Node("Clip", [levels, graph.Constant($"{levels}.black", [0f]), graph.Constant($"{levels}.white", [PixelNormalization.MaxLevel])])
        : levels;

    /// <summary>Adds the background around an image; the operator pads all channels alike, so the color is taken off before and laid on after.</summary>
    private string AddPadding(string levels, AxisNodes x, AxisNodes y)
    {
        RgbValues color = preprocessing.Background;
        string background = ChannelConstant("background", color.Red, color.Green, color.Blue);
        string none = _numbers[0];
        string[] before = [none, none, y.Offset, x.Offset];
        string[] after = [none, none, AfterEnd(y), AfterEnd(x)];
        string one = graph.Constant("pad.shape", [1L]);
        string[] pads = [.. before.Concat(after).Select(pad => graph.Node("Reshape", [pad, one]))];
        string allPads = graph.ToInteger(graph.Node("Concat", pads, null, OnnxGraphBuilder.Integer("axis", 0)));
        string padded = graph.Node("Pad", [graph.Node("Sub", [levels, background]), allPads]);
        return graph.Node("Add", [padded, background]);
    }

    private string AfterEnd(AxisNodes axis) => _numbers.Subtract(_numbers[preprocessing.InputSize], _numbers.Add(axis.Offset, axis.Count));

    private string AddNormalization(string levels)
    {
        PixelNormalization normalization = new(preprocessing);
        string scale = ChannelConstant("scale", normalization[0].Scale, normalization[1].Scale, normalization[2].Scale);
        string bias = ChannelConstant("bias", normalization[0].Bias, normalization[1].Bias, normalization[2].Bias);
        string normalized = graph.Node("Add", [graph.Node("Mul", [levels, scale]), bias]);
        string shape = graph.Constant("input.shape", [1L, PixelNormalization.ChannelCount, preprocessing.InputSize, preprocessing.InputSize]);
        return graph.Node("Reshape", [normalized, shape]);
    }

    private string ChannelConstant(string name, params ReadOnlySpan<float> values) => graph.Constant(name, values, 1, PixelNormalization.ChannelCount, 1, 1);
}
