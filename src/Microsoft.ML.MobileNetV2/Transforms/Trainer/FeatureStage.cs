using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the part of a training run and of its model before the head: the featurizer, or nothing where the features are given.</summary>
internal sealed class FeatureStage : IDisposable
{
    private readonly TrainerSettings _settings;
    private readonly bool _isFeatures;
    private readonly ImageNetworkSettings _featurizer;
    private readonly Lazy<ImageFeatures> _features;
    private readonly Lazy<Teacher?> _teacher;
    private InputCache? _cache;

    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There is no backbone to train, or the options do not fit it.</exception>
    internal FeatureStage(DataViewSchema schema, TrainerSettings settings)
    {
        DataViewSchema.Column column = ColumnSearch.Find(
            schema, settings.Options.ImageColumnName, MobileNetV2Trainer.ImageRole, nameof(settings.Options.ImageColumnName));
        _settings = settings;
        ColumnType = column.Type;
        _isFeatures = column.Type is VectorDataViewType { Size: > 0, ItemType: NumberDataViewType item } vector
            && item == NumberDataViewType.Single && !PixelShape.IsImage(vector) && !IsImageSize(vector.Size) && vector.Size != settings.Engine.Network.InputCount;

        // A training has no use for missing features.
        bool isThrow = settings.Options.UnreadableImages == UnreadableImageHandling.Throw;
        _featurizer = CreateSettings("Features", isThrow ? UnreadableImageHandling.Throw : UnreadableImageHandling.SkipRow, head: null);
        if (!_isFeatures)
        {
            ImageColumn.Find(schema, _featurizer);
            settings.RequireNetwork();
            Tuner = settings.CreateTuner();
        }
        else
        {
            RequireNoImages(settings.Options);
        }

        _teacher = new(() => settings.Teacher is { } teacher ? Teacher.Load(teacher, settings) : null);
        _features = new(() => Tuner is null ? new(settings.Engine, settings.Options.FeatureCache) : new(settings.CreateEngine(Tuner.CreatePrefix())));
    }

    /// <summary>Gets what trains the backbone; null where it stays as it is. Rows then have what the frozen blocks give instead of features.</summary>
    internal FineTuner? Tuner { get; }

    internal string ColumnName => _settings.Options.ImageColumnName;

    internal DataViewType ColumnType { get; }

    /// <summary>Reads features and labels of all rows.</summary>
    /// <param name="view">The rows.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="augmentation">Which views of images become further rows; null for none.</param>
    internal TrainingRows Read(IDataView view, PredictionTask task, ImageAugmentationOptions? augmentation = null)
    {
        // A label column of the wrong kind is found before an image is computed.
        TrainingColumns columns = new(view.Schema, _settings);
        if (_isFeatures)
        {
            return FeatureRows.Read(view, columns, task, _settings);
        }

        TrainingRows rows = ImageRows.Read(view, columns, task, _settings, _featurizer, _features.Value, FindCache(view, augmentation), _teacher.Value, augmentation);
        _settings.Log.Cache(_settings.Options.FeatureCache);
        return rows;
    }

    public void Dispose()
    {
        if (_features.IsValueCreated)
        {
            _features.Value.Dispose();
        }

        _cache?.Dispose();
        if (_teacher.IsValueCreated)
        {
            _teacher.Value?.Dispose();
        }
    }

    /// <summary>Returns the cache for what the frozen blocks give; null where features are computed at once.</summary>
    private InputCache? FindCache(IDataView view, ImageAugmentationOptions? augmentation) =>
        _cache ??= Tuner?.CreateCache(_features.Value.FeatureCount, (view.GetRowCount() ?? 0) * (1 + (augmentation?.ViewsPerImage ?? 0)));

    /// <summary>Appends what computes the head's output from the image column.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="outputColumnName">The name of the output.</param>
    /// <param name="head">The head.</param>
    /// <param name="tunedWeights">The backbone where it was trained; null where it is that of the settings.</param>
    internal void Append(StockChainBuilder chain, string outputColumnName, NetworkHead head, MobileNetV2Weights? tunedWeights)
    {
        if (_isFeatures)
        {
            string inputColumnName = ColumnName;
            DataViewType inputType = ColumnType;
            chain.Append(new FeatureHeadTransformer(head, outputColumnName, inputColumnName, () => ScoreColumns.CreateEmptyView(inputColumnName, inputType)));
        }
        else
        {
            ImageNetworkSettings network = CreateSettings(outputColumnName, _settings.Options.UnreadableImages, head, tunedWeights);
            chain.Append(new ImageNetworkTransformer(network, ColumnType, nameof(MobileNetV2PredictionTransformer)));
        }
    }

    /// <summary>Returns the backbone of a model; null where it takes features.</summary>
    /// <param name="tunedWeights">The backbone where it was trained.</param>
    internal MobileNetV2Weights? FindWeights(MobileNetV2Weights? tunedWeights) => _isFeatures ? null : tunedWeights ?? _settings.Engine.Network.Weights;

    /// <summary>Returns a view without rows that has the image column.</summary>
    internal IDataView CreateEmptyView(MLContext context) => _isFeatures
        ? ScoreColumns.CreateEmptyView(ColumnName, ColumnType)
        : SavedInput.EmptyView(context, _settings.Options.ImageColumnName, ColumnType);

    /// <summary>Returns whether numbers are most likely the pixels of a square image, if perhaps of the wrong size, rather than features.</summary>
    private static bool IsImageSize(int count)
    {
        const int SmallestSide = 64;
        int side = (int)Math.Round(Math.Sqrt(count / 3.0));
        return side >= SmallestSide && 3 * side * side == count;
    }

    /// <exception cref="InvalidOperationException">An option needs images.</exception>
    private void RequireNoImages(MobileNetV2TrainerOptions options)
    {
        if (options.FineTuning is not null)
        {
            throw new InvalidOperationException(
                $"FineTuning is set, but column '{ColumnName}' has features, so there is no backbone to train. Train on images, or leave FineTuning null.");
        }

        if (options.Distillation is not null)
        {
            throw new InvalidOperationException(
                $"Distillation is set, but column '{ColumnName}' has features, so the teacher sees no image. Train on images, or leave Distillation null.");
        }
    }

    private ImageNetworkSettings CreateSettings(
        string outputColumnName, UnreadableImageHandling handling, NetworkHead? head, MobileNetV2Weights? tunedWeights = null) => new(
        outputColumnName,
        _settings.Options.ImageColumnName,
        _settings.Engine with { Network = _settings.Engine.Network with { Head = head, Weights = tunedWeights ?? _settings.Engine.Network.Weights } },
        handling,
        _settings.Options.OnUnreadableImage)
        {
            PixelFormat = new(PixelLayout.Planar, _settings.Options.PixelRange),
            Logger = _settings.Log.Logger,
        };
}
