using System.Globalization;
using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Recognizes a network whose names are unknown by the shapes and the order of its tensors: each convolution with its batch norm behind it, or with a bias.
/// </summary>
internal sealed class ShapeOrder
{
    private readonly Checkpoint _checkpoint;
    private readonly ShapeLayer[] _layers;

    private ShapeOrder(Checkpoint checkpoint, IEnumerable<string> order)
    {
        _checkpoint = checkpoint;
        _layers = [.. order.GroupBy(ShapeLayer.Parent, StringComparer.Ordinal).Select(names => new ShapeLayer(names.Key, [.. names], checkpoint))];
    }

    /// <summary>Returns the network under torchvision's names; null where the shapes are not those of one.</summary>
    /// <remarks>Files keep their order, or sort it by name. Where both orders give a network and not the same one, neither is taken.</remarks>
    internal static Checkpoint? Translate(Checkpoint checkpoint)
    {
        Checkpoint? stored = new ShapeOrder(checkpoint, checkpoint.Tensors.Keys).Match();
        Checkpoint? sorted = new ShapeOrder(checkpoint, checkpoint.Tensors.Keys.Order(StringComparer.Create(CultureInfo.InvariantCulture, CompareOptions.NumericOrdering))).Match();
        return stored is null || sorted is null || IsSame(stored, sorted)
            ? stored ?? sorted
            : throw new WeightsFormatException(
                WeightsFormatError.UnexpectedTensor,
                checkpoint.Source,
                "its names are unknown, and the order of its tensors is not that of their names: it is not certain which tensor belongs to which layer. " +
                "Rename the tensors as torchvision's mobilenet_v2 has them.");
    }

    private static bool IsSame(Checkpoint first, Checkpoint second) =>
        first.Tensors.Count == second.Tensors.Count
        && first.Tensors.All(pair => second.Tensors.TryGetValue(pair.Key, out WeightTensor? other) && ReferenceEquals(pair.Value, other));

    private Checkpoint? Match() => ArchitectureInference.PublishedDepths
        .Reverse()
        .Select(depth => Match([.. new MobileNetV2Architecture(1, depth).ConvLayers]))
        .FirstOrDefault(match => match is not null);

    private Checkpoint? Match(ConvLayer[] layers)
    {
        int[] places = [.. Enumerable.Range(0, _layers.Length).Where(index => _layers[index].IsConv).Take(layers.Length)];
        if (places.Length < layers.Length || ArchitectureOf(layers, places) is not { } architecture)
        {
            return null;
        }

        Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
        Dictionary<string, string> fileNames = new(StringComparer.Ordinal);
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach ((ConvLayer layer, int place) in architecture.ConvLayers.Zip(places))
        {
            ShapeLayer? norm = place + 1 < _layers.Length && _layers[place + 1].IsBatchNorm(layer.OutputChannels) ? _layers[place + 1] : null;
            IEnumerable<(string Name, string FileName)>? names = _layers[place].Names(layer, norm);
            if (names is null)
            {
                return null;
            }

            foreach ((string name, string fileName) in names)
            {
                tensors.Add(name, _checkpoint.Tensors[fileName]);
                fileNames.Add(name, fileName);
                used.Add(fileName);
            }
        }

        Dictionary<string, WeightTensor> rest = _checkpoint.Tensors.Where(pair => !used.Contains(pair.Key)).ToDictionary(StringComparer.Ordinal);
        return HasOnlyAHeadLeft(rest, places[^1])
            ? new HeadSelection(_checkpoint with { Tensors = tensors, FileNames = fileNames }, null, string.Empty).Select(rest)
            : null;
    }

    /// <summary>Returns the architecture whose shapes the convolutions have, all of them.</summary>
    private MobileNetV2Architecture? ArchitectureOf(ConvLayer[] layers, int[] places)
    {
        Dictionary<string, WeightTensor> weights = layers
            .Zip(places)
            .ToDictionary(pair => $"{pair.First.Name}.weight", pair => _layers[pair.Second].Weight!, StringComparer.Ordinal);
        MobileNetV2Architecture? architecture = ArchitectureInference.Find(_checkpoint with { Tensors = weights });
        return architecture?.ConvLayers.Count() == layers.Length
            && architecture.ConvLayers.All(layer => weights[$"{layer.Name}.weight"].HasShape(layer.WeightShape))
                ? architecture
                : null;
    }

    /// <summary>Returns whether what is left stands before or behind the network: a layer inside it would change what it computes.</summary>
    private bool HasOnlyAHeadLeft(Dictionary<string, WeightTensor> rest, int last)
    {
        int first = Array.FindIndex(_layers, layer => layer.IsConv);
        return !_layers[first..last].Any(layer => layer.FileNames.Any(rest.ContainsKey));
    }
}
