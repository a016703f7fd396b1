using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents a feature map: the output of a step of the network, with what follows before the next step.</summary>
/// <param name="Step">Index of the step in the network.</param>
/// <param name="Node">The node that gives the value.</param>
/// <param name="Channels">Number of channels.</param>
/// <param name="Size">Height and width; null where they depend on the image.</param>
internal sealed record OnnxMap(int Step, NodeProto Node, int Channels, (long? Height, long? Width) Size) : OnnxValue
{
    private static readonly long[] ToChannelsFirst = [0, 3, 1, 2];
    private static readonly long[] ToChannelsLast = [0, 2, 3, 1];

    /// <summary>Gets the batch norm of a convolution that is kept as it is; null where there is none or it is folded.</summary>
    internal NodeProto? BatchNorm { get; init; }

    /// <summary>Gets what is folded into the convolution; null where nothing is.</summary>
    internal OnnxAffine? Affine { get; init; }

    /// <summary>Gets the range that an activation limits the values to.</summary>
    internal (double Low, double High) Range { get; init; } = (double.NegativeInfinity, double.PositiveInfinity);

    internal OnnxPads Pads { get; init; }

    internal bool IsChannelsLast { get; init; }

    internal bool IsLinear => double.IsNegativeInfinity(Range.Low) && double.IsPositiveInfinity(Range.High);

    internal override IReadOnlyList<long?> Dimensions => IsChannelsLast
        ? [null, Size.Height, Size.Width, Channels]
        : [null, Channels, Size.Height, Size.Width];

    internal override OnnxValue Apply(NodeProto node, int input, OnnxBackbone backbone) =>
        (IsNeutral(node) ? this : Activate(node, backbone.Graph) ?? Place(node, input, backbone) ?? Fold(node, input, backbone))
        ?? throw Refuse(node, backbone, $"behind {OnnxGraph.Describe(Node)}");

    private OnnxValue? Place(NodeProto node, int input, OnnxBackbone backbone) => node.OpType switch
    {
        "Conv" when input == 0 && !IsChannelsLast => backbone.Conv(node, this),
        "Transpose" => Transpose(node),
        "Pad" when OnnxPads.Read(node, backbone.Graph, IsChannelsLast) is { } pads => this with { Pads = Pads + pads },
        "GlobalAveragePool" or "ReduceMean" or "AveragePool" when IsPool(node, backbone.Graph) => backbone.Pool(node, this),
        _ => null,
    };

    private OnnxMap? Transpose(NodeProto node)
    {
        IReadOnlyList<long> expected = IsChannelsLast ? ToChannelsFirst : ToChannelsLast;
        return node.Integers("perm").SequenceEqual(expected) ? this with { IsChannelsLast = !IsChannelsLast } : null;
    }

    /// <summary>Returns the map after an activation that limits it to a range; null where the node is no such activation.</summary>
    private OnnxMap? Activate(NodeProto node, OnnxGraph graph)
    {
        if (Pads != default || OnnxRange.Read(node, graph) is not { } range)
        {
            return null;
        }

        return this with { Node = node, Range = (Math.Clamp(Range.Low, range.Low, range.High), Math.Clamp(Range.High, range.Low, range.High)) };
    }

    private OnnxMap? Fold(NodeProto node, int input, OnnxBackbone backbone)
    {
        int[] shape = [-1, -1, -1, -1];
        shape[IsChannelsLast ? 3 : 1] = Channels;
        if (!IsLinear || Pads != default || !backbone.IsConv(Step) || OnnxAffine.Read(backbone.Graph, node, input, shape) is not { IsFinite: true } affine)
        {
            return null;
        }

        return backbone.KeepsBatchNorm(node, this)
            ? this with { Node = node, BatchNorm = node, Affine = affine }
            : this with { Node = node, BatchNorm = null, Affine = Affine is null ? affine : Affine.Then(affine) };
    }

    private bool IsPool(NodeProto node, OnnxGraph graph) => Pads == default && node.OpType switch
    {
        "GlobalAveragePool" => !IsChannelsLast,
        "ReduceMean" => IsMeanOfPixels(node, graph),
        _ => !IsChannelsLast && IsWholeMap(node),
    };

    private bool IsMeanOfPixels(NodeProto node, OnnxGraph graph)
    {
        IReadOnlyList<long> axes = node.Input.Count > 1
            ? graph.Constant(node.Input[1]) is { } constant ? OnnxTensors.ToIntegers(constant) : []
            : node.Integers("axes");
        int height = IsChannelsLast ? 1 : 2;
        return axes.Select(axis => axis < 0 ? axis + 4 : axis).Order().SequenceEqual([height, height + 1]);
    }

    private bool IsWholeMap(NodeProto node) =>
        node.Integers("kernel_shape") is [long height, long width]
        && height == Size.Height
        && width == Size.Width
        && node.Integers("pads", 0, 0, 0, 0).All(pad => pad == 0)
        && node.Text("auto_pad", "NOTSET") is "NOTSET" or "VALID"
        && node.Integers("dilations", 1, 1).All(dilation => dilation == 1);
}
