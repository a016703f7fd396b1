using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is the part of a training and of its model that stands before the head: the featurizer, or nothing where the features are there already.</summary>
internal sealed class PicturePart(TrainerSettings settings, DataViewSchema.Column column)
{
    /// <summary>The column of features while training.</summary>
    private const string FeaturesColumn = "MobileNetV2.Features";

    private readonly bool _isFeatures = column.Type is VectorDataViewType { Size: > 0, ItemType: NumberDataViewType item } vector
        && item == NumberDataViewType.Single && vector.Size != settings.Engine.Network.InputCount;

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static PicturePart Create(DataViewSchema schema, TrainerSettings settings)
    {
        DataViewSchema.Column column = schema.GetColumnOrNull(settings.ImageColumnName)
            ?? throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find image column '{settings.ImageColumnName}'");
        PicturePart part = new(settings, column);
        if (!part._isFeatures)
        {
            ImageColumn.Find(schema, part.CreateSettings(FeaturesColumn, settings.UnreadableImages, [], []));
        }

        return part;
    }

    /// <summary>Reads features and labels of all rows.</summary>
    internal TrainingRows Read(IDataView view)
    {
        if (_isFeatures)
        {
            return TrainingRows.Read(view, settings.ImageColumnName, settings);
        }

        UnreadableImageHandling handling = settings.UnreadableImages == UnreadableImageHandling.Throw ? UnreadableImageHandling.Throw : UnreadableImageHandling.SkipRow;
        using MobileNetV2FeaturizerTransformer featurizer = new(CreateSettings(FeaturesColumn, handling, [], []), column.Type);
        return TrainingRows.Read(featurizer.Transform(view), FeaturesColumn, settings);
    }

    /// <summary>Appends what computes the head's output from the picture column.</summary>
    internal void Append(MLContext context, StockChainBuilder chain, string outputColumnName, DenseOperator[] head, IReadOnlyList<string> outputNames)
    {
        if (_isFeatures)
        {
            using MemoryStream model = new(SavedModels.CreateHead(settings.ImageColumnName, outputColumnName, head, outputNames));
            chain.Append(context.Transforms.ApplyOnnxModel([outputColumnName], [settings.ImageColumnName], model));
        }
        else
        {
            chain.Append(new MobileNetV2FeaturizerTransformer(CreateSettings(outputColumnName, settings.UnreadableImages, head, outputNames), column.Type));
        }
    }

    /// <summary>Returns a view without rows that has the picture column.</summary>
    internal IDataView CreateEmptyView(MLContext context) => _isFeatures
        ? EmptyFeatures(context)
        : SavedInput.EmptyView(context, settings.ImageColumnName, column.Type);

    private IDataView EmptyFeatures(MLContext context)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(ScoresRow));
        definition[ScoreColumns.Scores].ColumnType = column.Type;
        definition[ScoreColumns.Scores].ColumnName = settings.ImageColumnName;
        return context.Data.LoadFromEnumerable(Array.Empty<ScoresRow>(), definition);
    }

    private FeaturizerSettings CreateSettings(
        string outputColumnName, UnreadableImageHandling handling, DenseOperator[] head, IReadOnlyList<string> outputNames) => new(
        outputColumnName,
        settings.ImageColumnName,
        settings.Engine with { Network = settings.Engine.Network with { Head = head }, OutputNames = outputNames },
        handling,
        settings.OnUnreadableImage);
}
