using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds width and depth of a network from the shapes of its tensors.</summary>
internal static class ArchitectureInference
{
    private const int FinestStepsPerUnit = 100;
    private static readonly float[] PublishedWidths = [1.0f, 0.35f, 0.5f, 0.75f, 1.3f, 1.4f, 1.1f, 1.2f, 0.25f];

    /// <summary>Depth multipliers that a network may have to be recognized.</summary>
    internal static IReadOnlyList<float> PublishedDepths { get; } = [1.0f, 1.2f, 1.4f];

    /// <summary>Returns the architecture that most of the tensors fit; the validation names those that do not.</summary>
    internal static MobileNetV2Architecture Infer(Checkpoint checkpoint)
    {
        const int MostNamesListed = 3;
        IEnumerable<string> examples = checkpoint.Tensors.Take(MostNamesListed).Select(pair => $"'{pair.Key}' {WeightTensor.Describe(pair.Value.Shape)}");
        return Find(checkpoint) ?? throw new WeightsFormatException(
            WeightsFormatError.ShapeMismatch,
            checkpoint.Source,
            "its tensors are not those of a MobileNetV2: neither their names nor their shapes in order fit one of any width multiplier from 0.05 to 4. " +
            $"It has {checkpoint.Tensors.Count} tensors: {string.Join(", ", examples)}, ….");
    }

    /// <summary>Returns the architecture that most of the tensors fit; null where it is less than half of them.</summary>
    internal static MobileNetV2Architecture? Find(Checkpoint checkpoint)
    {
        (float width, float depth, int score) = PublishedDepths
            .SelectMany(depth => Candidates(checkpoint, depth))
            .MaxBy(candidate => candidate.Score);
        return score > 0 ? new(width, depth) : null;
    }

    private static IEnumerable<(float Width, float Depth, int Score)> Candidates(Checkpoint checkpoint, float depth)
    {
        MobileNetV2Architecture unscaled = new(1, depth);
        // The other convolutions have the channels of these, times an expansion factor.
        ConvLayer[] layers = [.. unscaled.Steps.OfType<ConvStep>()
            .Where(step => step.Role is ConvRole.Stem or ConvRole.Project or ConvRole.Last)
            .Select(step => step.Layer)];
        int[] found = [.. layers.Select(layer => OutputChannels(checkpoint, layer))];
        return Widths().Select(width => (width, depth, Score(layers, found, width, depth)));
    }

    /// <summary>Returns the round numbers first: of the widths that give the same channels, the first one is taken.</summary>
    private static IEnumerable<float> Widths() => PublishedWidths.Concat(
        Enumerable.Range(5, 4 * FinestStepsPerUnit - 4)
            .OrderBy(step => step % 10 != 0)
            .ThenBy(step => step % 5 != 0)
            .Select(step => (float)step / FinestStepsPerUnit));

    private static int OutputChannels(Checkpoint checkpoint, ConvLayer layer) =>
        checkpoint.Tensors.TryGetValue($"{layer.Name}.weight", out WeightTensor? weight) && weight.Shape.Count > 0 ? weight.Shape[0] : -1;

    private static int Score(ConvLayer[] layers, int[] found, float width, float depth)
    {
        int score = 0;
        for (int i = 0; i < layers.Length; i++)
        {
            bool isEnd = i == 0 || i == layers.Length - 1;
            float factor = isEnd && depth > 1 ? 1 : i == layers.Length - 1 ? Math.Max(1, width) : width;
            score += found[i] == ChannelCount.Scale(layers[i].OutputChannels, factor) ? 1 : -1;
        }

        return score;
    }
}
