using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Matches the nodes of an ONNX graph with the steps of a network, from the stem to the pooling, and collects their tensors.</summary>
internal sealed class OnnxBackbone(OnnxGraph graph, IReadOnlyList<NetworkStep> steps)
{
    private const double Six = 6;
    private readonly OnnxPadding _padding = new(graph);
    private readonly HashSet<int> _taken = [];
    private readonly Dictionary<int, OnnxMap> _finished = [];
    private readonly Dictionary<int, OnnxConv> _convs = [];

    internal OnnxGraph Graph => graph;

    /// <summary>Gets the image before the stem; null until the stem was reached.</summary>
    internal OnnxImage? Image { get; private set; }

    internal float? Epsilon { get; private set; }

    internal OnnxTensorSet Tensors { get; } = new();

    internal PaddingConvention Padding => _padding.Resolve();

    internal bool IsConv(int step) => _convs.ContainsKey(step);

    internal OnnxMap Stem(NodeProto node, OnnxImage image)
    {
        Image = image;
        return AddConv(node, Take<ConvStep>(node, -1), 0, image.Pads, (image.Height, image.Width));
    }

    internal OnnxMap Conv(NodeProto node, OnnxMap map)
    {
        ConvStep step = Take<ConvStep>(node, map.Step);
        Finish(map);
        return AddConv(node, step, map.Step + 1, map.Pads, map.Size);
    }

    /// <summary>Returns the sum of a block's input and output; two values are added nowhere else.</summary>
    internal OnnxMap Add(NodeProto node, OnnxMap first, OnnxMap second)
    {
        (OnnxMap input, OnnxMap output) = first.Step < second.Step ? (first, second) : (second, first);
        ShortcutStep step = Take<ShortcutStep>(node, output.Step);
        if (step.InputStep != input.Step || input.IsChannelsLast != output.IsChannelsLast || input.Pads != default || output.Pads != default)
        {
            throw graph.Refuse(node, "adds other values than the input and the output of a block, so its shortcuts are not those of a MobileNetV2.");
        }

        Finish(input);
        Finish(output);
        return new(output.Step + 1, node, output.Channels, output.Size) { IsChannelsLast = output.IsChannelsLast };
    }

    internal OnnxHead Pool(NodeProto node, OnnxMap map)
    {
        Take<PoolStep>(node, map.Step);
        Finish(map);
        bool keepsDimensions = node.OpType != "ReduceMean" || node.Integer("keepdims", 1) != 0;
        return new(node, map.Channels, !keepsDimensions ? [-1, map.Channels] : map.IsChannelsLast ? [-1, 1, 1, map.Channels] : [-1, map.Channels, 1, 1]);
    }

    /// <summary>Checks that a map which leaves the graph is the last one of the network.</summary>
    internal void End(OnnxMap map)
    {
        if (steps[map.Step + 1] is not PoolStep || map.Pads != default)
        {
            throw graph.Refuse(map.Node, "gives an output of the graph, which ends before the last convolution of a MobileNetV2.");
        }

        Finish(map);
    }

    /// <summary>Returns whether the batch norm behind a convolution is kept: where nothing else is folded, and its epsilon is that of the others.</summary>
    internal bool KeepsBatchNorm(NodeProto node, OnnxMap map)
    {
        if (node.OpType != "BatchNormalization" || map.Affine is not null || _convs[map.Step].Bias is not null)
        {
            return false;
        }

        Epsilon ??= OnnxAffine.Epsilon(node);
        return Epsilon == OnnxAffine.Epsilon(node);
    }

    /// <summary>Returns the step behind <paramref name="step"/>, which a node is; each is taken by one node.</summary>
    private T Take<T>(NodeProto node, int step)
        where T : NetworkStep
    {
        if (steps[step + 1] is not T next || !_taken.Add(step + 1))
        {
            string expected = steps[step + 1] switch
            {
                ShortcutStep => "the shortcut of a block",
                PoolStep => "the pooling",
                _ => "one convolution alone",
            };
            throw graph.Refuse(
                node, $"does not follow the layer before it as the layers of a MobileNetV2 do, with the shortcuts between them: {expected} follows there.");
        }

        return next;
    }

    private OnnxMap AddConv(NodeProto node, ConvStep step, int index, OnnxPads pads, (long? Height, long? Width) size)
    {
        ConvLayer layer = step.Layer;
        OnnxConv conv = OnnxConv.Read(graph, node, layer);
        (long? Height, long? Width) output = _padding.Add(node, layer, pads, size);
        _convs.Add(index, conv);
        return new(index, node, conv.Weight.Shape[0], output);
    }

    /// <summary>Checks that a step's output is used in one way only, with the activation of the network, and keeps its tensors.</summary>
    private void Finish(OnnxMap map)
    {
        if (_finished.TryGetValue(map.Step, out OnnxMap? other))
        {
            if (other.Range != map.Range || !ReferenceEquals(other.Affine, map.Affine))
            {
                throw graph.Refuse(map.Node, "gives one of two versions of the same feature map that are used; a MobileNetV2 uses one.");
            }

            return;
        }

        _finished.Add(map.Step, map);
        bool hasRelu6 = steps[map.Step] is ConvStep { Layer.HasRelu6: true };
        CheckActivation(map, hasRelu6);
        if (steps[map.Step] is ConvStep step)
        {
            Tensors.Add(_convs[map.Step], step.Layer, map, Image!, graph);
        }
    }

    private void CheckActivation(OnnxMap map, bool hasRelu6)
    {
        if (hasRelu6 ? map.Range == (0, Six) : map.IsLinear)
        {
            return;
        }

        string range = string.Create(CultureInfo.InvariantCulture, $"limits its values to the range from {map.Range.Low} to {map.Range.High}");
        throw graph.Refuse(
            map.Node,
            $"{(map.IsLinear ? "is not limited by an activation" : range)}; a MobileNetV2 has " +
            $"{(hasRelu6 ? "ReLU6 there, which limits them to 0 to 6" : "no activation there")}.");
    }
}
