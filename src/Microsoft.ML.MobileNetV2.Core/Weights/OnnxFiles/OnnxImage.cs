using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the image on its way from the graph's input to the first convolution.</summary>
/// <param name="Channels">For each channel here, the channel of the input that it is.</param>
/// <param name="Affine">What was computed of it, for each channel here.</param>
/// <param name="IsChannelsLast">Whether the channels are the last dimension; null where the file does not say.</param>
/// <param name="Height">Height in pixels; null where any is taken.</param>
/// <param name="Width">Width in pixels; null where any is taken.</param>
/// <param name="Pads">Pixels that were added around it.</param>
internal sealed record OnnxImage(IReadOnlyList<int> Channels, OnnxAffine Affine, bool? IsChannelsLast, long? Height, long? Width, OnnxPads Pads) : OnnxValue
{
    private const int ChannelCount = 3;
    private static readonly long[] ToChannelsFirst = [0, 3, 1, 2];
    private static readonly long[] ToChannelsLast = [0, 2, 3, 1];

    internal override IReadOnlyList<long?> Dimensions => IsChannelsLast == true
        ? [null, Height, Width, ChannelCount]
        : [null, ChannelCount, Height, Width];

    /// <summary>Gets a value indicating whether the graph computed something of the input's values.</summary>
    internal bool IsNormalized => Array.Exists(Affine.Scale, scale => scale != 1) || Array.Exists(Affine.Shift, shift => shift != 0);

    private int ChannelAxis => IsChannelsLast == true ? 3 : 1;

    internal static OnnxImage Of(ValueInfoProto input)
    {
        long?[] shape = [.. (input.Type?.TensorType?.Shape?.Dim ?? []).Select(dimension => dimension.DimValue > 0 ? (long?)dimension.DimValue : null)];
        bool? isLast = shape switch
        {
            [_, ChannelCount, _, _] => false,
            [_, _, _, ChannelCount] => true,
            _ => null,
        };
        int height = isLast == true ? 1 : 2;
        return new(
            [0, 1, 2], OnnxAffine.Identity(ChannelCount), isLast, shape.ElementAtOrDefault(height), shape.ElementAtOrDefault(height + 1), default);
    }

    internal override OnnxValue Apply(NodeProto node, int input, OnnxBackbone backbone) => node.OpType switch
    {
        "Conv" when input == 0 && IsChannelsLast != true => backbone.Stem(node, this),
        "Transpose" => Transpose(node) ?? throw RefuseHere(node, backbone),
        "Gather" or "Slice" when input == 0 => Reorder(node, backbone.Graph) ?? throw RefuseHere(node, backbone),
        "Pad" when OnnxPads.Read(node, backbone.Graph, IsChannelsLast == true) is { } pads => this with { Pads = Pads + pads },
        "Cast" or "Identity" or "Dropout" when IsNeutral(node) => this,
        _ => Normalize(node, input, backbone.Graph) ?? throw RefuseHere(node, backbone),
    };

    private static WeightsFormatException RefuseHere(NodeProto node, OnnxBackbone backbone) => Refuse(node, backbone, "before the first convolution");

    private OnnxImage? Transpose(NodeProto node)
    {
        IReadOnlyList<long> order = node.Integers("perm");
        return IsChannelsLast != false && order.SequenceEqual(ToChannelsFirst)
            ? this with { IsChannelsLast = false }
            : IsChannelsLast != true && order.SequenceEqual(ToChannelsLast) ? this with { IsChannelsLast = true } : null;
    }

    /// <summary>Returns the image after a node that changes the order of its channels: BGR for RGB.</summary>
    private OnnxImage? Reorder(NodeProto node, OnnxGraph graph)
    {
        int[]? order = node.OpType == "Gather" ? GatherOrder(node, graph) : SliceOrder(node, graph);
        return order is null || !order.Order().SequenceEqual(Enumerable.Range(0, ChannelCount))
            ? null
            : this with
            {
                Channels = [.. order.Select(channel => Channels[channel])],
                Affine = new([.. order.Select(channel => Affine.Scale[channel])], [.. order.Select(channel => Affine.Shift[channel])]),
            };
    }

    private int[]? GatherOrder(NodeProto node, OnnxGraph graph) =>
        Axis(node.Integer("axis", 0)) == ChannelAxis
        && graph.Constant(node.InputOrNone(1)) is { } indexes
        && OnnxTensors.ToIntegers(indexes) is { Count: ChannelCount } order
        && order.All(channel => channel is >= -ChannelCount and < ChannelCount)
            ? [.. order.Select(channel => (int)(channel + ChannelCount) % ChannelCount)]
            : null;

    /// <summary>Only a slice that turns all channels around is one: from the last one back to the first.</summary>
    private int[]? SliceOrder(NodeProto node, OnnxGraph graph)
    {
        long[] arguments = [.. Enumerable.Range(1, 4).Select(index => graph.Constant(node.InputOrNone(index)) is { } constant
            && OnnxTensors.ToIntegers(constant) is [long only] ? only : 0)];
        bool isReversal = arguments is [-1 or 2, <= -1 - ChannelCount, _, -1] && Axis(arguments[2]) == ChannelAxis;
        return isReversal ? [2, 1, 0] : null;
    }

    private static long Axis(long axis) => axis < 0 ? axis + 4 : axis;

    private OnnxImage? Normalize(NodeProto node, int input, OnnxGraph graph)
    {
        int[] shape = [-1, -1, -1, -1];
        shape[ChannelAxis] = ChannelCount;

        // Pixels that were added before would be normalized with the image, but a network adds zeros after that.
        return Pads == default && OnnxAffine.Read(graph, node, input, shape) is { IsFinite: true } affine && !affine.Scale.Contains(0)
            ? this with { Affine = Affine.Then(affine) }
            : null;
    }
}
