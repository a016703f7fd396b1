namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Finds the classifier among the tensors that are not the backbone's: a single dense layer over the features is one, whatever its name is. Of every other
/// head the tensors are left out, and listed.
/// </summary>
internal sealed class HeadSelection(Checkpoint checkpoint, CheckpointNaming? naming, string prefix)
{
    private readonly HashSet<string> _backbone = [.. ArchitectureInference.PublishedDepths
        .SelectMany(depth => new TorchvisionNaming().Tensors(new MobileNetV2Architecture(1, depth)))
        .Select(tensor => tensor.Name)];

    /// <param name="outside">Tensors of the file that stand beside the network.</param>
    internal Checkpoint Select(IReadOnlyDictionary<string, WeightTensor> outside)
    {
        Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
        Dictionary<string, WeightTensor> head = new(outside, StringComparer.Ordinal);
        foreach ((string name, WeightTensor tensor) in checkpoint.Tensors)
        {
            bool isBackbone = _backbone.Contains(name) || naming?.IsOfBackbone(name) == true;
            (isBackbone ? tensors : head)[isBackbone ? name : $"{prefix}{FileName(name)}"] = tensor;
        }

        string[] ignored = AddClassifier(tensors, head);
        return checkpoint with { Tensors = tensors, IgnoredTensors = ignored.Length == 0 ? checkpoint.IgnoredTensors : ignored, Metadata = Metadata(tensors) };
    }

    private string FileName(string name) => checkpoint.FileNames.TryGetValue(name, out string? fileName) ? fileName[prefix.Length..] : name;

    private Dictionary<string, string> Metadata(Dictionary<string, WeightTensor> tensors)
    {
        Dictionary<string, string> metadata = new(checkpoint.Metadata, StringComparer.Ordinal);
        if (!tensors.ContainsKey($"{MobileNetV2Architecture.ClassifierName}.weight"))
        {
            metadata.Remove("class_names");
        }

        return metadata;
    }

    /// <summary>Adds the classifier where there is one, and returns the names of the other tensors.</summary>
    private string[] AddClassifier(Dictionary<string, WeightTensor> tensors, Dictionary<string, WeightTensor> head)
    {
        int features = FeatureCount(tensors);
        KeyValuePair<string, WeightTensor>[][] layers = [.. head
            .GroupBy(pair => Parent(pair.Key), StringComparer.Ordinal)
            .Select(group => group.ToArray())
            .Where(group => IsLayer(group, features))];
        if (layers is not [{ } only] || Dense(only, features) is not { } dense)
        {
            return [.. head.Keys];
        }

        tensors.Add($"{MobileNetV2Architecture.ClassifierName}.weight", dense.Weight);
        tensors.Add($"{MobileNetV2Architecture.ClassifierName}.bias", dense.Bias);
        return [.. head.Keys.Except(only.Select(pair => pair.Key), StringComparer.Ordinal)];
    }

    /// <summary>Returns whether tensors change what passes through them; one row alone is a loss's or a sampler's.</summary>
    private static bool IsLayer(KeyValuePair<string, WeightTensor>[] group, int features) =>
        group.Length > 1 || group[0].Value.Shape is [_, _, ..] || (group[0].Value.Shape is [int length] && length == features);

    private (WeightTensor Weight, WeightTensor Bias)? Dense(KeyValuePair<string, WeightTensor>[] group, int features)
    {
        WeightTensor[] weights = [.. group.Select(pair => pair.Value).Where(tensor => tensor.Shape.Count > 1)];
        WeightTensor[] rows = [.. group.Select(pair => pair.Value).Where(tensor => tensor.Shape.Count <= 1)];
        if (weights is not [{ } stored] || rows.Length > 1 || ToTorch(stored, features) is not { } weight)
        {
            return null;
        }

        int classes = weight.Shape[0];
        WeightTensor bias = rows is [{ } row] ? row : new([classes], new float[classes]);
        return bias.HasShape([classes]) ? (weight, bias) : null;
    }

    private WeightTensor? ToTorch(WeightTensor stored, int features)
    {
        bool isTransposed = naming?.IsTensorFlow == true && !checkpoint.Tensors.Any(pair => ReferenceEquals(pair.Value, stored) && pair.Key.StartsWith(MobileNetV2Architecture.ClassifierName, StringComparison.Ordinal));
        WeightTensor? weight = isTransposed
            ? TensorTransposition.ToTorch(stored, TensorLayout.TensorFlowDense)
            : stored.Shape is [int rows, int columns, 1, 1] ? new([rows, columns], stored.Values) : stored;
        return weight?.Shape is [> 0, int inputs] && inputs == features ? weight : null;
    }

    private static int FeatureCount(Dictionary<string, WeightTensor> tensors) => ArchitectureInference.PublishedDepths
        .Select(depth => $"{new MobileNetV2Architecture(1, depth).ConvLayers.Last().Name}.weight")
        .Where(name => tensors.TryGetValue(name, out WeightTensor? last) && last.Shape is [_, _, 1, 1])
        .Select(name => tensors[name].Shape[0])
        .LastOrDefault();

    private static string Parent(string name) => name[..Math.Max(0, name.LastIndexOfAny(['.', '/']))];
}
