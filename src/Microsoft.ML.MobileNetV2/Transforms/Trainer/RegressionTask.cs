using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts a number.</summary>
internal sealed class RegressionTask : PredictionTask
{
    internal override string Name => "regression";

    protected override string ExpectedForm => "Single";

    internal override HeadTrainerOptions CreateDefaultHead() => new() { Loss = HeadLoss.MeanSquaredError };

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings, SchemaShape.Column label) => OutputSchema.Regression(settings);

    internal override void RequireLabels(DataViewSchema.Column labelColumn)
    {
        if (labelColumn.Type != NumberDataViewType.Single)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labelColumn),
                $"Schema mismatch for label column '{labelColumn.Name}': expected Single, got {labelColumn.Type}. Convert it with mlContext.Transforms.Conversion.ConvertType.");
        }
    }

    internal override LabelBuffer CreateLabels(DataViewRow row, DataViewSchema.Column column) => NumberLabels.OfNumbers(row, column);

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) => new RegressionTarget();
}

/// <summary>Represents a number to predict.</summary>
internal sealed class RegressionTarget : PredictionTarget
{
    internal override string GetOutputColumnName(TrainerSettings settings) => ScoreColumns.Scores;

    internal override HeadTargets CreateTargets(TrainingRows rows, string labelColumnName) =>
        HeadTargets.FromValues(((NumberLabels)rows.Labels).ValuesOf(rows.LabelIndices));

    internal override DenseHead CreateStart(InitialModel initial) => initial.ToHead();

    internal override void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold)
    {
        chain.Append(context.Transforms.CustomMapping(new SingleScoreMapping().GetMapping(), SingleScoreMapping.ContractName));
        chain.Append(context.Transforms.CopyColumns(settings.Options.ScoreColumnName, ScoreColumns.Score));
        chain.Append(context.Transforms.DropColumns(ScoreColumns.Scores, ScoreColumns.Score));
    }
}
