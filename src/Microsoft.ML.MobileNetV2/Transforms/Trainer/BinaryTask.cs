using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts yes or no, with a probability.</summary>
internal sealed class BinaryTask : PredictionTask
{
    internal override string Name => "binary";

    protected override string ExpectedForm => "Boolean";

    internal override HeadTrainerOptions CreateDefaultHead() => new()
    {
        Loss = HeadLoss.BinaryCrossEntropy,
        Layers = [new DenseLayerOptions { Units = 1, Activation = HeadActivation.Sigmoid }],
    };

    internal override void ValidateHead(HeadTrainerOptions head, OptionsValidator validator)
    {
        if (head.Layers is { Count: > 0 } layers && layers[^1] is { } last)
        {
            HeadActivation activation = last.Activation ?? HeadCompatibility.DefaultFor(head.Loss);
            if (last.Units is not (0 or 1) || activation != HeadActivation.Sigmoid)
            {
                validator.Add(
                    $"Binary classification gives a probability, so its head ends in one unit with sigmoid; it has {Math.Max(1, last.Units)} with {HeadCompatibility.NameOf(activation)}. " +
                    "Use HeadLoss.BinaryCrossEntropy, or set the activation of the last layer.");
            }
        }
    }

    internal override HeadTrainerOptions Prepare(HeadTrainerOptions head)
    {
        HeadTrainerOptions copy = head.Copy();
        copy.Layers[^1].Units = 1;
        return copy;
    }

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings, SchemaShape.Column label) => OutputSchema.Binary(settings);

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

    internal override LabelBuffer CreateLabels(DataViewRow row, DataViewSchema.Column column) => NumberLabels.OfFlags(row, column);

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) => new BinaryTarget();
}

/// <summary>Represents a Boolean label to predict.</summary>
internal sealed class BinaryTarget : PredictionTarget
{
    internal override string GetOutputColumnName(TrainerSettings settings) => ScoreColumns.Scores;

    internal override HeadTargets CreateTargets(TrainingRows rows, string labelColumnName) =>
        HeadTargets.FromClasses(Array.ConvertAll(((NumberLabels)rows.Labels).ValuesOf(rows.LabelIndices), label => (int)label), 2);

    internal override DenseHead CreateStart(InitialModel initial) => initial.ToHead(HeadActivation.Sigmoid);

    internal override IReadOnlyList<DenseLayer> CreateLayers(DenseHead head)
    {
        DenseLayer last = head.Layers[^1];

        // ML.NET wants the score before the sigmoid too; from the probability alone it could not be had back where that is nearly 0 or 1.
        return [.. head.Layers.SkipLast(1), new DenseLayer(last.InputCount, last.UnitCount, HeadActivation.Linear, last.Weights.Span, last.Bias.Span)];
    }

    internal override void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold)
    {
        chain.Append(context.Transforms.CustomMapping(new BinaryScoreMapping().GetMapping(), BinaryScoreMapping.ContractName));
        chain.Append(context.Transforms.CopyColumns(settings.Options.ScoreColumnName, ScoreColumns.Score));
        chain.Append(context.Transforms.CopyColumns(settings.Options.ProbabilityColumnName, ScoreColumns.Probability));
        chain.Append(context.Transforms.CopyColumns(settings.Options.PredictedLabelColumnName, ScoreColumns.IsPositive));
        chain.Append(context.Transforms.DropColumns(ScoreColumns.Scores, ScoreColumns.Score, ScoreColumns.Probability, ScoreColumns.IsPositive));
    }
}
