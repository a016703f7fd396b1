using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Trains a dense head on the features of MobileNetV2: transfer learning as an ML.NET trainer.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | Estimator characteristic | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes; the features of each image are computed once |
/// | Input column data type | images as MobileNetV2FeaturizerEstimator takes them, or a known-sized vector of Single with features |
/// | Label column data type | multiclass: key, String, Boolean, number, date or time; with LabelMode.MultiLabel: known-sized vector of Boolean or Single from 0 to 1; binary: Boolean; regression: Single |
/// | Output columns | multiclass: Score (vector of Single), PredictedLabel (key whose values have the type of the label); with LabelMode.MultiLabel: Score (vector of Single), PredictedLabel (vector of Boolean); binary: Score, Probability (Single), PredictedLabel (Boolean); regression: Score (Single) |
///
/// The backbone is not changed, unless MobileNetV2TrainerOptions.FineTuning is set. With the same seed and data, one machine produces the same model, bit for bit. The trainer holds no state of a run and is
/// safe to use from several threads.
/// ]]></format>
/// </remarks>
public sealed class MobileNetV2Trainer : IEstimator<MobileNetV2PredictionTransformer>
{
    internal const string ImageRole = "image";

    private readonly PredictionTask _task;
    private readonly TrainerSettings _settings;

    internal MobileNetV2Trainer(PredictionTask task, MobileNetV2TrainerOptions options, ILogger contextLog)
    {
        _task = task;
        _settings = TrainerSettings.Create(options, task, contextLog);
    }

    /// <summary>Trains a model, with the validation set, the progress and the cancellation token of the options.</summary>
    /// <param name="input">The training rows; they are read once.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException"><see cref="MobileNetV2TrainerOptions.InitialModel"/> has no head of this library, or another network than the options; or the teacher of <see cref="MobileNetV2TrainerOptions.Distillation"/> cannot teach.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, there is nothing to learn, or the learning rate is too high.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled before there was a model, or the options want it thrown.</exception>
    public MobileNetV2PredictionTransformer Fit(IDataView input) => Fit(input, validationData: null);

    /// <summary>Trains a model; each argument replaces the option of the same purpose.</summary>
    /// <param name="trainData">The training rows; they are read once.</param>
    /// <param name="validationData">The rows that choose the best epoch and stop early. The default, null, uses <see cref="MobileNetV2TrainerOptions.ValidationSet"/>.</param>
    /// <param name="progress">Receives progress updates. The default, null, uses <see cref="MobileNetV2TrainerOptions.Progress"/>.</param>
    /// <param name="cancellationToken">Cancels the training. The default uses <see cref="MobileNetV2TrainerOptions.CancellationToken"/>.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException"><see cref="MobileNetV2TrainerOptions.InitialModel"/> has no head of this library, or another network than the options; or the teacher of <see cref="MobileNetV2TrainerOptions.Distillation"/> cannot teach.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, there is nothing to learn, or the learning rate is too high.</exception>
    /// <exception cref="OperationCanceledException">The training was canceled before there was a model, or the options want it thrown.</exception>
    public MobileNetV2PredictionTransformer Fit(
        IDataView trainData, IDataView? validationData = null, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return new TrainingRun(_settings.ForRun(progress, cancellationToken), _task, trainData).Fit(validationData ?? _settings.Options.ValidationSet);
    }

    /// <summary>Trains for some steps with a growing learning rate, to find a good one; set the suggestion in the optimizer of the head.</summary>
    /// <param name="trainData">The training rows; they are read once.</param>
    /// <param name="progress">Receives progress updates. The default, null, uses <see cref="MobileNetV2TrainerOptions.Progress"/>.</param>
    /// <param name="cancellationToken">Cancels the search. The default uses <see cref="MobileNetV2TrainerOptions.CancellationToken"/>.</param>
    /// <returns>The loss for each learning rate, and a suggestion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="ArgumentException"><see cref="MobileNetV2TrainerOptions.InitialModel"/> has no head of this library, or another network than the options; or the teacher of <see cref="MobileNetV2TrainerOptions.Distillation"/> cannot teach.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, or there is nothing to learn.</exception>
    /// <exception cref="OperationCanceledException">The search was canceled.</exception>
    public LearningRateCurve FindLearningRate(
        IDataView trainData, IProgress<TrainingProgress>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        return new TrainingRun(_settings.ForRun(progress, cancellationToken), _task, trainData).FindLearningRate();
    }

    /// <summary>Returns the shape of the model's output schema.</summary>
    /// <param name="inputSchema">A schema with images and labels.</param>
    /// <returns>All columns of the input, and those that the model adds.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or the label is a vector although one label per image is expected, or the other way round.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        ColumnSearch.Find(inputSchema, _settings.Options.ImageColumnName, ImageRole, nameof(_settings.Options.ImageColumnName));
        SchemaShape.Column label = ColumnSearch.Find(inputSchema, _settings.Options.LabelColumnName, LabelColumn.Role, nameof(_settings.Options.LabelColumnName));
        bool isVector = label.Kind != SchemaShape.Column.VectorKind.Scalar;
        _task.RequireForm(label.Name, isVector, isVector ? $"{label.Kind} of {label.ItemType}" : label.ItemType);
        return _task.DescribeOutput(_settings, label).GetOutputSchema(inputSchema);
    }
}
