using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts any number of labels: the label column is a vector with a slot for each.</summary>
internal sealed class MultiLabelTask : PredictionTask
{
    internal override string Name => NetworkHead.MultiLabelTask;

    internal override LabelMode LabelMode => LabelMode.MultiLabel;

    protected override string ExpectedForm => "a known-sized vector of Boolean or Single, since LabelMode is MultiLabel";

    protected override string AdviceOnForm => "For one label per image set LabelMode to SingleLabel.";

    internal override HeadTrainerOptions CreateDefaultHead() => new() { Loss = HeadLoss.BinaryCrossEntropy };

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings, SchemaShape.Column label) => OutputSchema.MultiLabel(settings);

    /// <exception cref="InvalidOperationException">Two slots have the same name.</exception>
    internal override void RequireLabels(DataViewSchema.Column labelColumn)
    {
        string? repeated = NamesOf(labelColumn).GroupBy(name => name).FirstOrDefault(group => group.Count() > 1)?.Key;
        if (repeated is not null)
        {
            throw new InvalidOperationException($"Label column '{labelColumn.Name}' has the name '{repeated}' for several slots; each needs a name of its own.");
        }
    }

    internal override LabelBuffer CreateLabels(DataViewRow row, DataViewSchema.Column column) => new VectorLabels(row, column);

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) => new MultiLabelTarget(NamesOf(labelColumn));

    /// <summary>Returns the slot names of the label column; a slot without one is called by its number.</summary>
    private static string[] NamesOf(DataViewSchema.Column column)
    {
        string[]? given = LabelColumn.SlotNames(column);
        return [.. Enumerable.Range(0, ((VectorDataViewType)column.Type).Size)
            .Select(index => given?[index] is { Length: > 0 } name ? name : index.ToString(CultureInfo.InvariantCulture))];
    }
}

/// <summary>Represents the labels to predict.</summary>
internal sealed class MultiLabelTarget(IReadOnlyList<string> names) : PredictionTarget
{
    internal override IReadOnlyList<string> OutputNames => names;

    internal override string GetOutputColumnName(TrainerSettings settings) => settings.Options.ScoreColumnName;

    internal override HeadTargets CreateTargets(TrainingRows rows, string labelColumnName) =>
        HeadTargets.FromLabels(((VectorLabels)rows.Labels).ValuesOf(rows.LabelIndices), names.Count);

    internal override void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold)
    {
        byte[] model = SavedOnnxModels.CreateDecision(settings.Options.ScoreColumnName, settings.Options.PredictedLabelColumnName, decisionThreshold, names);
        chain.AppendOnnx(context, settings.Options.PredictedLabelColumnName, settings.Options.ScoreColumnName, model);
    }
}
