using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts yes or no, with a probability.</summary>
internal sealed class BinaryTask : PredictionTask
{
    internal override string Name => "binary";

    internal override HeadTrainerOptions CreateDefaultHead() => new()
    {
        Loss = HeadLoss.BinaryCrossEntropy,
        Layers = [new DenseLayerOptions { Units = 1, Activation = HeadActivation.Sigmoid }],
    };

    internal override HeadTrainerOptions Prepare(HeadTrainerOptions head)
    {
        HeadTrainerOptions copy = head.Copy();
        DenseLayerOptions last = copy.Layers[^1];
        last.Units = last.Units == 0 ? 1 : last.Units;
        HeadActivation activation = last.Activation ?? HeadCompatibility.DefaultFor(copy.Loss);
        return last.Units == 1 && activation == HeadActivation.Sigmoid
            ? copy
            : throw new ArgumentException(
                $"Binary classification gives a probability, so its head ends in one unit with sigmoid; it has {last.Units} with {HeadCompatibility.NameOf(activation)}. " +
                "Use HeadLoss.BinaryCrossEntropy, or set the activation of the last layer.",
                nameof(head));
    }

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings) => OutputSchema.Binary(settings);

    internal override void RequireLabels(DataViewSchema.Column labelColumn)
    {
        if (labelColumn.Type is not BooleanDataViewType)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labelColumn),
                $"Schema mismatch for label column '{labelColumn.Name}': expected Boolean, got {labelColumn.Type}. " +
                "For two classes with other labels use MulticlassClassification.Trainers.MobileNetV2.");
        }
    }

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) => new BinaryTarget();
}

/// <summary>Is a yes-or-no label to predict.</summary>
internal sealed class BinaryTarget : PredictionTarget
{
    internal override string GetOutputColumnName(TrainerSettings settings) => ScoreColumns.Scores;

    internal override HeadTargets CreateTargets(TrainingRows rows, string labelColumnName) =>
        HeadTargets.FromClasses(rows.Labels.Select(label => (bool)label ? 1 : 0).ToArray(), 2);

    internal override DenseHead CreateStart(InitialModel initial) => initial.ToHead(HeadActivation.Sigmoid);

    internal override IReadOnlyList<DenseLayer> CreateLayers(DenseHead head)
    {
        DenseLayer last = head.Layers[^1];

        // ML.NET wants the score before the sigmoid too; from the probability alone it could not be had back where that is nearly 0 or 1.
        return [.. head.Layers.SkipLast(1), new DenseLayer(last.InputCount, last.UnitCount, HeadActivation.Linear, last.Weights.Span, last.Bias.Span)];
    }

    internal override void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold)
    {
        chain.Append(context.Transforms.CustomMapping(new BinaryScoreMapping().GetMapping(), ScoreMappings.Binary));
        chain.Append(context.Transforms.CopyColumns(settings.ScoreColumnName, ScoreColumns.Score));
        chain.Append(context.Transforms.CopyColumns(settings.ProbabilityColumnName, ScoreColumns.Probability));
        chain.Append(context.Transforms.CopyColumns(settings.PredictedLabelColumnName, ScoreColumns.IsPositive));
        chain.Append(context.Transforms.DropColumns(ScoreColumns.Scores, ScoreColumns.Score, ScoreColumns.Probability, ScoreColumns.IsPositive));
    }
}
