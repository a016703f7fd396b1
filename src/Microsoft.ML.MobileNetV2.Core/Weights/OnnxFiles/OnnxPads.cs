using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the pixels that a graph adds around a feature map before a convolution.</summary>
internal readonly record struct OnnxPads(long Top, long Left, long Bottom, long Right)
{
    private const long MaxPixels = 8;

    public static OnnxPads operator +(OnnxPads first, OnnxPads second) =>
        new(first.Top + second.Top, first.Left + second.Left, first.Bottom + second.Bottom, first.Right + second.Right);

    /// <summary>Returns the pixels of a padding node; null where it pads channels, with other values than 0, or with more pixels than any convolution needs.</summary>
    internal static OnnxPads? Read(NodeProto node, OnnxGraph graph, bool isChannelsLast)
    {
        IReadOnlyList<long> all = node.Input.Count > 1
            ? graph.Constant(node.Input[1]) is { } constant ? OnnxTensors.ToIntegers(constant) : []
            : node.Integers("pads");
        if (!PadsWithZeros(node, graph) || all.Count != 8 || all.Any(pad => pad is < 0 or > MaxPixels))
        {
            return null;
        }

        // Batch and channels come with height and width, all starts before all ends.
        int height = isChannelsLast ? 1 : 2;
        OnnxPads pads = new(all[height], all[height + 1], all[height + 4], all[height + 5]);
        return pads.Top + pads.Left + pads.Bottom + pads.Right == all.Sum() ? pads : null;
    }

    private static bool PadsWithZeros(NodeProto node, OnnxGraph graph) =>
        node.Text("mode", "constant") == "constant"
        && node.Single("value", 0) == 0
        && node.InputOrNone(3).Length == 0
        && (node.InputOrNone(2).Length == 0 || graph.Numbers(node, 2) is { Values: [0] });
}
