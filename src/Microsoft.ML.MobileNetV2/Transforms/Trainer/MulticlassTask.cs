using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts one of several classes.</summary>
internal sealed class MulticlassTask : PredictionTask
{
    internal const string TaskName = "multiclass";

    internal override string Name => TaskName;

    protected override string ExpectedForm => "one label per image (key, String, Boolean or number)";

    protected override string AdviceOnForm => "For several labels per image set LabelMode to MultiLabel.";

    internal override HeadTrainerOptions CreateDefaultHead() => new();

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings, SchemaShape.Column label) => OutputSchema.Multiclass(settings, FindType(label));

    internal override void RequireLabels(DataViewSchema.Column labelColumn)
    {
        if (labelColumn.Type is KeyDataViewType { Count: > DenseLayerOptions.MaxUnits } key)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Label column '{labelColumn.Name}' is a key of {key.Count} values; a classifier has at most {DenseLayerOptions.MaxUnits} classes. Make the key with MapValueToKey."));
        }
    }

    internal override LabelBuffer CreateLabels(DataViewRow row, DataViewSchema.Column column) => LabelColumn.ReadClasses(row, column);

    /// <summary>Returns the type of the labels, or of the values of their keys; keys without values are numbers.</summary>
    private static LabelType FindType(SchemaShape.Column label)
    {
        DataViewType? type = !label.IsKey ? label.ItemType
            : label.Annotations.Where(annotation => annotation.Name == LabelColumn.KeyValues).Select(annotation => annotation.ItemType).FirstOrDefault();
        return LabelType.Find(type ?? NumberDataViewType.UInt32) ?? LabelType.Find(TextDataViewType.Instance)!;
    }

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) =>
        new MulticlassTarget(ClassList.Create(rows, labelColumn.Name));
}

/// <summary>Represents the classes to predict.</summary>
internal sealed class MulticlassTarget(ClassList classes) : PredictionTarget
{
    internal override IReadOnlyList<string> OutputNames => classes.Names;

    internal override string GetOutputColumnName(TrainerSettings settings) => settings.Options.ScoreColumnName;

    internal override HeadTargets CreateTargets(TrainingRows rows, string labelColumnName) =>
        HeadTargets.FromClasses(classes.IndicesOf(rows, labelColumnName), classes.Names.Count);

    internal override void AppendColumns(MLContext context, StockChainBuilder chain, TrainerSettings settings, float decisionThreshold)
    {
        chain.Append(context.Transforms.CopyColumns(ScoreColumns.Scores, settings.Options.ScoreColumnName));
        chain.Append(context.Transforms.CustomMapping(new BestClassMapping().GetMapping(), BestClassMapping.ContractName));
        chain.Append(classes.MapToLabel(context, settings.Options.PredictedLabelColumnName));
        chain.Append(context.Transforms.DropColumns(ScoreColumns.Scores, ScoreColumns.Class));
    }
}
