namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Translates the tensors of one file to torchvision's names and PyTorch's order of dimensions.</summary>
internal sealed class NameTranslation
{
    private readonly CheckpointNaming _naming;
    private readonly Checkpoint _checkpoint;
    private readonly string _prefix;
    private readonly Dictionary<string, string> _fileNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, WeightTensor> _tensors = new(StringComparer.Ordinal);

    /// <summary>Initializes a translation; names in the file, without a prefix, become names in the network.</summary>
    internal NameTranslation(CheckpointNaming naming, Checkpoint checkpoint, string prefix)
    {
        _naming = naming;
        _checkpoint = checkpoint;
        _prefix = prefix;
        foreach (string fileName in checkpoint.Tensors.Keys)
        {
            _fileNames.TryAdd(naming.Canonical(fileName), fileName);
        }
    }

    internal Checkpoint Translate()
    {
        NamedTensor[] known = [.. _naming.Tensors(FindDepth())];
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (NamedTensor named in known)
        {
            if (_fileNames.TryGetValue(named.FileName, out string? fileName) && _tensors.TryAdd(named.Name, Transpose(named, fileName)))
            {
                used.Add(fileName);
            }
        }

        KeepLeftOvers(used);
        Dictionary<string, string> metadata = new(_naming.Metadata, StringComparer.Ordinal);
        foreach ((string key, string value) in _checkpoint.Metadata)
        {
            metadata[key] = value;
        }

        return _checkpoint with
        {
            Tensors = _tensors,
            Metadata = metadata,
            FileNames = _checkpoint.FileNames.Count > 0
                ? _checkpoint.FileNames
                : known
                    .DistinctBy(named => named.Name)
                    .Where(named => _prefix.Length > 0 || named.FileName != named.Name)
                    .ToDictionary(named => named.Name, named => $"{_prefix}{named.FileName}", StringComparer.Ordinal),
        };
    }

    private MobileNetV2Architecture FindDepth() => ArchitectureInference.PublishedDepths
        .Select(depth => new MobileNetV2Architecture(1, depth))
        .MaxBy(architecture => _naming.ConvWeights(architecture).Sum(tensor => _fileNames.ContainsKey(tensor.FileName) ? 1 : -1))!;

    private WeightTensor Transpose(NamedTensor named, string fileName)
    {
        WeightTensor tensor = _checkpoint.Tensors[fileName];
        return TensorTransposition.ToTorch(tensor, named.Layout)
            ?? throw new WeightsFormatException(
                WeightsFormatError.ShapeMismatch,
                _checkpoint.Source,
                $"tensor '{_prefix}{fileName}' has shape {WeightTensor.Describe(tensor.Shape)}, which a {named.Layout} weight cannot have.");
    }

    /// <summary>Keeps what has no place in the network under its own name, for the validation to report.</summary>
    private void KeepLeftOvers(HashSet<string> used)
    {
        foreach ((string fileName, WeightTensor tensor) in _checkpoint.Tensors)
        {
            if (!used.Contains(fileName) && !_naming.IsTrainingState(fileName) && !_tensors.TryAdd(fileName, tensor))
            {
                throw new WeightsFormatException(
                    WeightsFormatError.UnexpectedTensor, _checkpoint.Source, $"it has tensor '{fileName}' under the names of two programs.");
            }
        }
    }
}
