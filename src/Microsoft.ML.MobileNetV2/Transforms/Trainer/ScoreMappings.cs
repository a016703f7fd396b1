using System.Numerics.Tensors;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds the names under which ML.NET finds the mappings below when it loads a model; a released name never changes.</summary>
internal static class ScoreMappings
{
    internal const string BestClass = "Microsoft.ML.MobileNetV2.BestClass";
    internal const string Binary = "Microsoft.ML.MobileNetV2.Binary";
    internal const string Single = "Microsoft.ML.MobileNetV2.Single";
}

/// <summary>Finds the class with the highest score; none where scores are missing.</summary>
[CustomMappingFactoryAttribute(ScoreMappings.BestClass)]
internal sealed class BestClassMapping : CustomMappingFactory<ScoresRow, BestClassRow>
{
    /// <summary>An index that no class has: it becomes the missing key.</summary>
    private const uint None = uint.MaxValue;

    public override Action<ScoresRow, BestClassRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Scores;
        int best = TensorPrimitives.IndexOfMax(scores.IsDense ? scores.GetValues() : scores.DenseValues().ToArray());
        output.Class = best < 0 || float.IsNaN(scores.GetItemOrDefault(best)) ? None : (uint)best;
    };
}

/// <summary>Makes score, probability and label of one logit.</summary>
[CustomMappingFactoryAttribute(ScoreMappings.Binary)]
internal sealed class BinaryScoreMapping : CustomMappingFactory<ScoresRow, BinaryScoreRow>
{
    public override Action<ScoresRow, BinaryScoreRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Scores;
        output.Score = scores.GetItemOrDefault(0);
        output.Probability = 1 / (1 + MathF.Exp(-output.Score));
        output.IsPositive = output.Score > 0;
    };
}

/// <summary>Takes the only score out of its vector.</summary>
[CustomMappingFactoryAttribute(ScoreMappings.Single)]
internal sealed class SingleScoreMapping : CustomMappingFactory<ScoresRow, SingleScoreRow>
{
    public override Action<ScoresRow, SingleScoreRow> GetMapping() => (row, output) =>
    {
        VBuffer<float> scores = row.Scores;
        output.Score = scores.GetItemOrDefault(0);
    };
}
