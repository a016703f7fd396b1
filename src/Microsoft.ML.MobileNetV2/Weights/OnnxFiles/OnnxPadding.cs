using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the padding convention of a network from the attributes of its 3×3 convolutions.</summary>
internal sealed class OnnxPadding(OnnxGraph graph, string source)
{
    private static readonly long[] OnePixel = [1, 1, 1, 1];
    private static readonly long[] AfterTheEnd = [0, 0, 1, 1];
    private bool _isSame;

    /// <summary>Gets the convention of the convolutions so far.</summary>
    internal PaddingConvention Convention => _isSame ? PaddingConvention.Same : PaddingConvention.Symmetric;

    internal void Add(NodeProto conv, ConvLayer layer)
    {
        string automatic = conv.Text("auto_pad", "NOTSET");
        if (layer.KernelSize == 1)
        {
            Require(conv, automatic != "NOTSET" || Pads(conv).All(pad => pad == 0));
            return;
        }

        if (automatic == "SAME_UPPER")
        {
            _isSame |= layer.Stride == 2;
            return;
        }

        // SAME at odd sizes is one pixel on each side too, so only the asymmetric kind is evidence.
        long[] pads = Pads(conv);
        bool isAfterTheEnd = layer.Stride == 2 && pads.SequenceEqual(AfterTheEnd);
        Require(conv, automatic is "NOTSET" or "VALID" && (isAfterTheEnd || pads.SequenceEqual(OnePixel)));
        _isSame |= isAfterTheEnd;
    }

    /// <summary>Returns the pixels at top, left, bottom and right, those of a separate padding node included.</summary>
    private long[] Pads(NodeProto conv)
    {
        long[] pads = conv.Text("auto_pad", "NOTSET") == "VALID" ? [0, 0, 0, 0] : [.. conv.Integers("pads", 0, 0, 0, 0)];
        if (pads.Length == OnePixel.Length && graph.Producer(conv.Input[0]) is { OpType: "Pad" } node)
        {
            // Batch and channels come before height and width, all starts before all ends.
            IReadOnlyList<long> all = node.Input.Count > 1 && graph.Constant(node.Input[1]) is { } constant
                ? OnnxTensors.ToIntegers(constant)
                : node.Integers("pads");
            Require(node, all is [0, 0, _, _, 0, 0, _, _] && node.Text("mode", "constant") == "constant");
            pads = [pads[0] + all[2], pads[1] + all[3], pads[2] + all[6], pads[3] + all[7]];
        }

        return pads;
    }

    private void Require(NodeProto node, bool isSupported)
    {
        if (!isSupported)
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnsupportedNetwork,
                source,
                $"{OnnxGraph.Describe(node)} pads otherwise than a MobileNetV2 does: neither one pixel on each side nor TensorFlow's SAME.");
        }
    }
}
