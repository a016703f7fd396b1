namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Translates the names of tensors to torchvision's, which this library uses.</summary>
internal static class CheckpointNames
{
    private static readonly CheckpointNaming[] Namings =
    [
        new TorchvisionNaming(), new TimmNaming(), new KerasNaming(), new Keras3Naming(), new SlimNaming(), new HuggingFaceNaming(),
        new FlatNaming("conv"), new FlatNaming("features.18"),
    ];

    /// <summary>Returns the checkpoint under torchvision's names; one that has neither known names nor the shapes of the network is returned as it is.</summary>
    internal static Checkpoint Translate(Checkpoint checkpoint)
    {
        Checkpoint counted = WithoutBatchCounters(checkpoint);
        if (Find(counted) is { } found)
        {
            (Checkpoint inside, Dictionary<string, WeightTensor> outside) = Split(counted, found.Prefix);
            Checkpoint translated = new NameTranslation(found.Naming, inside, found.Prefix).Translate();
            return new HeadSelection(translated, found.Naming, found.Prefix).Select(outside);
        }

        return ShapeOrder.Translate(counted) ?? counted;
    }

    /// <summary>Drops PyTorch's counts of training batches, which inference does not need.</summary>
    private static Checkpoint WithoutBatchCounters(Checkpoint checkpoint) => checkpoint with
    {
        Tensors = checkpoint.Tensors
            .Where(pair => !pair.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal),
    };

    /// <summary>Returns the naming that the file uses, and what stands before every name: wrappers such as data parallelism put it there.</summary>
    private static (CheckpointNaming Naming, string Prefix)? Find(Checkpoint checkpoint)
    {
        (CheckpointNaming Naming, string Prefix, int Count)[] used = [.. Namings
            .SelectMany(naming => Prefixes(naming, checkpoint).Select(prefix => (naming, prefix, Count: naming.CountConvs(checkpoint, prefix))))
            .Where(candidate => candidate.Count > 0)
            .OrderByDescending(candidate => candidate.Count)];
        if (used.Length == 0)
        {
            return null;
        }

        string[] prefixes = [.. used.Where(candidate => candidate.Naming == used[0].Naming).Select(candidate => candidate.Prefix)];
        return prefixes.Length == 1
            ? (used[0].Naming, used[0].Prefix)
            : throw new WeightsFormatException(
                WeightsFormatError.UnexpectedTensor,
                checkpoint.Source,
                $"it has {prefixes.Length} networks, under '{string.Join("' and '", prefixes)}'. Save the tensors of one of them.");
    }

    /// <summary>Returns what stands before the name of the stem, for each tensor that may be the stem's weight.</summary>
    private static IEnumerable<string> Prefixes(CheckpointNaming naming, Checkpoint checkpoint)
    {
        string stem = naming.StemWeight;
        return checkpoint.Tensors.Keys
            .Select(naming.Canonical)
            .Where(name => name.EndsWith(stem, StringComparison.Ordinal))
            .Select(name => name[..^stem.Length])
            .Where(prefix => prefix.Length == 0 || prefix[^1] is '.' or '/')
            .Distinct(StringComparer.Ordinal);
    }

    private static (Checkpoint Inside, Dictionary<string, WeightTensor> Outside) Split(Checkpoint checkpoint, string prefix)
    {
        Dictionary<string, WeightTensor> inside = new(StringComparer.Ordinal);
        Dictionary<string, WeightTensor> outside = new(StringComparer.Ordinal);
        foreach ((string name, WeightTensor tensor) in checkpoint.Tensors)
        {
            bool isInside = name.StartsWith(prefix, StringComparison.Ordinal);
            (isInside ? inside : outside)[isInside ? name[prefix.Length..] : name] = tensor;
        }

        return (checkpoint with { Tensors = inside }, outside);
    }
}
