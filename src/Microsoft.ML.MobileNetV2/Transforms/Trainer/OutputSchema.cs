using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Creates estimators that promise a model's columns before it is trained: schema shapes can only be made inside of ML.NET.</summary>
internal static class OutputSchema
{
    private const int AnyCount = 2;

    internal static IEstimator<ITransformer> Multiclass(TrainerSettings settings, LabelType labelType)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(MulticlassRow));
        PromiseVector(definition[nameof(MulticlassRow.Score)], settings.Options.ScoreColumnName, NumberDataViewType.Single);
        SchemaDefinition.Column label = definition[nameof(MulticlassRow.PredictedLabel)];
        label.ColumnName = settings.Options.PredictedLabelColumnName;
        label.ColumnType = new KeyDataViewType(typeof(uint), AnyCount);
        labelType.PromiseKeyValues(label, AnyCount);
        return Promise<MulticlassRow>(definition);
    }

    internal static IEstimator<ITransformer> MultiLabel(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(MultiLabelRow));
        PromiseVector(definition[nameof(MultiLabelRow.Score)], settings.Options.ScoreColumnName, NumberDataViewType.Single);
        PromiseVector(definition[nameof(MultiLabelRow.PredictedLabel)], settings.Options.PredictedLabelColumnName, BooleanDataViewType.Instance);
        return Promise<MultiLabelRow>(definition);
    }

    internal static IEstimator<ITransformer> Binary(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(BinaryRow));
        definition[nameof(BinaryRow.Score)].ColumnName = settings.Options.ScoreColumnName;
        definition[nameof(BinaryRow.Probability)].ColumnName = settings.Options.ProbabilityColumnName;
        definition[nameof(BinaryRow.PredictedLabel)].ColumnName = settings.Options.PredictedLabelColumnName;
        return Promise<BinaryRow>(definition);
    }

    internal static IEstimator<ITransformer> Regression(TrainerSettings settings)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(RegressionRow));
        definition[nameof(RegressionRow.Score)].ColumnName = settings.Options.ScoreColumnName;
        return Promise<RegressionRow>(definition);
    }

    private static void PromiseVector(SchemaDefinition.Column column, string name, PrimitiveDataViewType itemType)
    {
        column.ColumnName = name;
        column.ColumnType = new VectorDataViewType(itemType, AnyCount);
        AddNames(column, ImageNetworkSchema.SlotNames);
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

    internal sealed class MultiLabelRow
    {
        [VectorType]
        public float[] Score { get; set; } = [];

        [VectorType]
        public bool[] PredictedLabel { get; set; } = [];
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
