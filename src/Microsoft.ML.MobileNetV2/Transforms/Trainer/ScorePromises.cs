using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Makes estimators that promise a model's columns before it is trained: schema shapes can only be made inside of ML.NET.</summary>
internal static class ScorePromises
{
    private const string KeyValues = "KeyValues";
    private const int AnyCount = 2;

    internal static IEstimator<ITransformer> Multiclass(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(MulticlassRow));
        SchemaDefinition.Column score = definition[nameof(MulticlassRow.Score)];
        score.ColumnName = settings.ScoreColumnName;
        score.ColumnType = new VectorDataViewType(NumberDataViewType.Single, AnyCount);
        AddNames(score, FeaturizerSchema.SlotNames);
        SchemaDefinition.Column label = definition[nameof(MulticlassRow.PredictedLabel)];
        label.ColumnName = settings.PredictedLabelColumnName;
        label.ColumnType = new KeyDataViewType(typeof(uint), AnyCount);
        AddNames(label, KeyValues);
        return Promise<MulticlassRow>(definition);
    }

    internal static IEstimator<ITransformer> Binary(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(BinaryRow));
        definition[nameof(BinaryRow.Score)].ColumnName = settings.ScoreColumnName;
        definition[nameof(BinaryRow.Probability)].ColumnName = settings.ProbabilityColumnName;
        definition[nameof(BinaryRow.PredictedLabel)].ColumnName = settings.PredictedLabelColumnName;
        return Promise<BinaryRow>(definition);
    }

    internal static IEstimator<ITransformer> Regression(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(RegressionRow));
        definition[nameof(RegressionRow.Score)].ColumnName = settings.ScoreColumnName;
        return Promise<RegressionRow>(definition);
    }

    private static void AddNames(SchemaDefinition.Column column, string annotation)
    {
        ReadOnlyMemory<char>[] names = new ReadOnlyMemory<char>[AnyCount];
        column.AddAnnotation(annotation, new VBuffer<ReadOnlyMemory<char>>(AnyCount, names), new VectorDataViewType(TextDataViewType.Instance, AnyCount));
    }

    private static CustomMappingEstimator<NoColumns, TRow> Promise<TRow>(SchemaDefinition definition)
        where TRow : class, new() =>
        new MLContext().Transforms.CustomMapping<NoColumns, TRow>((_, _) => { }, contractName: null, outputSchemaDefinition: definition);

    internal sealed class MulticlassRow
    {
        [VectorType]
        public float[] Score { get; set; } = [];

        public uint PredictedLabel { get; set; }
    }

    internal sealed class BinaryRow
    {
        public float Score { get; set; }

        public float Probability { get; set; }

        public bool PredictedLabel { get; set; }
    }

    internal sealed class RegressionRow
    {
        public float Score { get; set; }
    }
}
