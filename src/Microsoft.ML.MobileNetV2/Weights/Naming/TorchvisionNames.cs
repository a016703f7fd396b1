namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Translates the names of tensors to torchvision's, which this library uses.</summary>
internal static class TorchvisionNames
{
    private static readonly CheckpointNaming[] Namings = [new TimmNaming(), new KerasNaming(), new SlimNaming()];

    /// <summary>What wrappers such as data parallelism put before every name.</summary>
    private static readonly string[] Prefixes = ["module.", "model.", "_orig_mod."];

    /// <summary>Returns the checkpoint under torchvision's names; one that has them, or names that nothing here knows, is returned as it is.</summary>
    internal static Checkpoint Translate(Checkpoint checkpoint)
    {
        Checkpoint stripped = StripPrefixes(WithoutBatchCounters(checkpoint));
        CheckpointNaming? naming = Array.Find(Namings, candidate => IsUsed(candidate, stripped));
        return naming is null ? stripped : new NameTranslation(naming, stripped).Translate();
    }

    /// <summary>Drops PyTorch's counts of training batches, which inference does not need.</summary>
    private static Checkpoint WithoutBatchCounters(Checkpoint checkpoint) => checkpoint with
    {
        Tensors = checkpoint.Tensors
            .Where(pair => !pair.Key.EndsWith(".num_batches_tracked", StringComparison.Ordinal))
            .ToDictionary(StringComparer.Ordinal),
    };

    private static Checkpoint StripPrefixes(Checkpoint checkpoint)
    {
        while (checkpoint.Tensors.Count > 0 && Array.Find(Prefixes, prefix => HasPrefix(checkpoint, prefix)) is { } common)
        {
            checkpoint = checkpoint with
            {
                Tensors = checkpoint.Tensors.ToDictionary(pair => pair.Key[common.Length..], pair => pair.Value, StringComparer.Ordinal),
            };
        }

        return checkpoint;
    }

    private static bool HasPrefix(Checkpoint checkpoint, string prefix) =>
        checkpoint.Tensors.Keys.All(name => name.StartsWith(prefix, StringComparison.Ordinal));

    /// <summary>A naming is in use where the file has at least half of the convolutions that every network has.</summary>
    private static bool IsUsed(CheckpointNaming naming, Checkpoint checkpoint)
    {
        HashSet<string> names = [.. checkpoint.Tensors.Keys.Select(naming.Canonical)];
        string[] weights = [.. naming.ConvWeights(new MobileNetV2Architecture()).Select(tensor => tensor.FileName)];
        return 2 * weights.Count(names.Contains) >= weights.Length;
    }
}
