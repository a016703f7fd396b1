using Microsoft.ML.MobileNetV2.OnnxFormat;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents whole numbers that a graph computes of the shapes of other values; null where one is not known.</summary>
/// <remarks>Exporters write a flatten as a reshape to such numbers.</remarks>
internal sealed record OnnxSizes(IReadOnlyList<long?> Elements) : OnnxValue
{
    private const int MaxElements = 16;

    internal override IReadOnlyList<long?> Dimensions => [Elements.Count];

    /// <summary>Returns the numbers that a node computes of others; null where it computes something else.</summary>
    internal static OnnxSizes? Read(NodeProto node, IReadOnlyList<OnnxSizes?> inputs) => inputs.Count > 0 && inputs.All(input => input is not null)
        ? Limit(Compute(node, [.. inputs.OfType<OnnxSizes>()]))
        : null;

    internal static OnnxSizes? Of(TensorProto tensor) =>
        OnnxTensors.ToIntegers(tensor) is { Count: > 0 and <= MaxElements } numbers ? new([.. numbers.Select(number => (long?)number)]) : null;

    internal override OnnxValue Apply(NodeProto node, int input, OnnxBackbone backbone) => throw Refuse(node, backbone, "on the shape of a value");

    private static OnnxSizes? Limit(IReadOnlyList<long?>? elements) => elements is { Count: > 0 and <= MaxElements } ? new(elements) : null;

    private static IReadOnlyList<long?>? Compute(NodeProto node, OnnxSizes[] inputs) => node.OpType switch
    {
        "Identity" or "Cast" or "Unsqueeze" or "Squeeze" => inputs[0].Elements,
        "Concat" => [.. inputs.SelectMany(input => input.Elements)],
        "Gather" when inputs.Length == 2 => Gather(inputs[0].Elements, inputs[1].Elements),
        "Slice" => Slice(node, inputs),
        "Mul" when inputs is [{ Elements: [{ } first] }, { Elements: [{ } second] }] && Math.Abs(first) < int.MaxValue && Math.Abs(second) < int.MaxValue =>
            [first * second],
        _ => null,
    };

    private static long?[]? Gather(IReadOnlyList<long?> elements, IReadOnlyList<long?> indexes)
    {
        long[] places = [.. indexes.Select(index => index is < 0 ? elements.Count + index.Value : index ?? -1)];
        return Array.TrueForAll(places, place => place >= 0 && place < elements.Count) ? [.. places.Select(place => elements[(int)place])] : null;
    }

    private static IReadOnlyList<long?>? Slice(NodeProto node, OnnxSizes[] inputs)
    {
        IReadOnlyList<long?> elements = inputs[0].Elements;
        long? start = inputs.Length > 2 ? inputs[1].Elements[0] : node.Integers("starts", 0)[0];
        long? end = inputs.Length > 2 ? inputs[2].Elements[0] : node.Integers("ends", 0)[0];
        if (start is null || end is null || (inputs.Length > 4 && inputs[4].Elements[0] != 1))
        {
            return null;
        }

        int from = Place(start.Value, elements.Count);
        return [.. elements.Skip(from).Take(Math.Max(0, Place(end.Value, elements.Count) - from))];
    }

    private static int Place(long index, int count) => (int)Math.Clamp(index < 0 ? index + count : index, 0, count);
}
