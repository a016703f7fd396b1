using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Predicts one of several classes.</summary>
internal sealed class MulticlassTask : PredictionTask
{
    internal override string Name => "multiclass";

    protected override string ExpectedForm => "one label per image (key, String, Boolean or number)";

    protected override string AdviceOnForm => "For several labels per image set LabelMode to MultiLabel.";

    internal override HeadTrainerOptions CreateDefaultHead() => new();

    internal override IEstimator<ITransformer> DescribeOutput(TrainerSettings settings) => OutputSchema.Multiclass(settings);

    internal override void RequireLabels(DataViewSchema.Column labelColumn)
    {
        if (labelColumn.Type is KeyDataViewType { Count: > DenseLayerOptions.MaxUnits } key)
        {
            throw new InvalidOperationException(FormattableString.Invariant(
                $"Label column '{labelColumn.Name}' is a key of {key.Count} values; a classifier has at most {DenseLayerOptions.MaxUnits} classes. Make the key with MapValueToKey."));
        }
    }

    internal override PredictionTarget CreateTarget(DataViewSchema.Column labelColumn, TrainingRows rows) =>
        new MulticlassTarget(ClassList.Create(labelColumn, rows.Labels));
}

/// <summary>Is a list of classes to predict.</summary>
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
        chain.Append(MapToLabel(context, settings.Options.PredictedLabelColumnName));
        chain.Append(context.Transforms.DropColumns(ScoreColumns.Scores, ScoreColumns.Class));
    }

    private IEstimator<ITransformer> MapToLabel(MLContext context, string outputColumnName) => classes.Values[0] switch
    {
        bool => MapToLabel(context, outputColumnName, classes.Values.Cast<bool>()),
        float => MapToLabel(context, outputColumnName, classes.Values.Cast<float>()),
        _ => MapToLabel(context, outputColumnName, classes.Names),
    };

    private static Microsoft.ML.Transforms.ValueMappingEstimator<uint, T> MapToLabel<T>(MLContext context, string outputColumnName, IEnumerable<T> values)
    {
        IEnumerable<KeyValuePair<uint, T>> pairs = values.Select((value, index) => KeyValuePair.Create((uint)index, value));
        return context.Transforms.Conversion.MapValue(outputColumnName, pairs, ScoreColumns.Class, treatValuesAsKeyType: true);
    }
}
