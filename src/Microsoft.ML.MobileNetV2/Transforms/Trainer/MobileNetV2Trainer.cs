using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Trains a dense head of the user's choice on MobileNetV2's features: transfer learning as an ML.NET trainer.</summary>
/// <remarks>
/// <format type="text/markdown"><![CDATA[
/// | Estimator characteristic | |
/// | -- | -- |
/// | Does this estimator need to look at the data to train its parameters? | Yes; the features of each image are computed once |
/// | Input column data type | images as MobileNetV2FeaturizerEstimator takes them, or a known-sized vector of Single with features |
/// | Label column data type | multiclass: key, String, Boolean or Single; several labels: known-sized vector of Boolean or Single from 0 to 1; binary: Boolean; regression: Single |
/// | Output columns | multiclass: Score (vector of Single), PredictedLabel (key); several labels: Score (vector of Single), PredictedLabel (vector of Boolean); binary: Score, Probability (Single), PredictedLabel (Boolean); regression: Score (Single) |
///
/// The backbone is not changed. With the same seed and data, one machine gives the same model bit for bit. The trainer holds no state of a run and is
/// safe to use from several threads.
/// ]]></format>
/// </remarks>
public sealed class MobileNetV2Trainer : IEstimator<MobileNetV2PredictionTransformer>
{
    private readonly PredictionTask _task;
    private readonly TrainerSettings _settings;

    /// <summary>Trains the head that the user wants; null where the labels decide.</summary>
    private readonly HeadTrainer? _trainer;

    internal MobileNetV2Trainer(PredictionTask task, MobileNetV2TrainerOptions options)
    {
        _task = task;
        _settings = TrainerSettings.Create(options);
        _trainer = options.Head is { } head ? CreateTrainer(task, head) : null;
    }

    /// <summary>Trains on rows, with the validation set of the options if there is one.</summary>
    /// <param name="input">The training rows; they are read once.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, there is nothing to learn, or the learning rate is too high.</exception>
    /// <exception cref="OperationCanceledException">It was canceled before there was a model, or the options want it thrown.</exception>
    public MobileNetV2PredictionTransformer Fit(IDataView input) => Train(input, _settings.ValidationSet);

    /// <summary>Trains on rows and chooses the best epoch by others.</summary>
    /// <param name="trainData">The training rows; they are read once.</param>
    /// <param name="validationData">The rows that choose the best epoch and stop early.</param>
    /// <returns>The model. The caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, there is nothing to learn, or the learning rate is too high.</exception>
    /// <exception cref="OperationCanceledException">It was canceled before there was a model, or the options want it thrown.</exception>
    public MobileNetV2PredictionTransformer Fit(IDataView trainData, IDataView validationData)
    {
        ArgumentNullException.ThrowIfNull(validationData);
        return Train(trainData, validationData);
    }

    /// <summary>Trains for some steps with a growing learning rate, to see which one is good; put the suggestion into the optimizer of the head.</summary>
    /// <param name="input">The training rows; they are read once.</param>
    /// <returns>The loss for each learning rate, and a suggestion.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">An image or label cannot be read, or there is nothing to learn.</exception>
    /// <exception cref="OperationCanceledException">It was canceled.</exception>
    public LearningRateCurve FindLearningRate(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        TrainingPlan plan = new(input.Schema, _settings, _task, _trainer);
        using FeatureStage images = new(input.Schema, _settings);
        TrainingRows rows = images.Read(input, _settings.Augmentation);
        PredictionTarget target = plan.CreateTarget(rows);
        return plan.Trainer.FindLearningRate(plan.CreateDataset(rows, target), plan.CreateStart(target), _settings.Progress, _settings.CancellationToken);
    }

    /// <summary>Returns the shape of the model's output schema.</summary>
    /// <param name="inputSchema">A schema with images and labels.</param>
    /// <returns>All columns of the input, and those that the model makes.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing.</exception>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        Find(inputSchema, _settings.ImageColumnName, "image");
        SchemaShape.Column label = Find(inputSchema, _settings.LabelColumnName, "label");
        PredictionTask task = _task.ForLabels(label.Kind != SchemaShape.Column.VectorKind.Scalar);
        return task.DescribeOutput(_settings).GetOutputSchema(inputSchema);
    }

    private static SchemaShape.Column Find(SchemaShape schema, string name, string role)
    {
        SchemaShape.Column[] found = [.. schema.Where(column => column.Name == name)];
        return found.Length > 0 ? found[0] : throw new ArgumentOutOfRangeException(nameof(schema), $"Could not find {role} column '{name}'");
    }

    private static HeadTrainer CreateTrainer(PredictionTask task, HeadTrainerOptions head)
    {
        // What is wrong in itself is said first.
        HeadTrainer given = new(head);
        HeadTrainerOptions prepared = task.Prepare(head);
        return ReferenceEquals(prepared, head) ? given : new(prepared);
    }

    private MobileNetV2PredictionTransformer Train(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        TrainingPlan plan = new(trainData.Schema, _settings, _task, _trainer);
        if (validationData is not null)
        {
            plan.RequireValidation(validationData.Schema);
        }

        using FeatureStage images = new(trainData.Schema, _settings);
        TrainingRows rows = images.Read(trainData, _settings.Augmentation);
        PredictionTarget target = plan.CreateTarget(rows);
        HeadDataset training = plan.CreateDataset(rows, target);
        TrainingRows? validationRows = validationData is null ? null : images.Read(validationData);
        HeadDataset? validation = validationRows is null ? null : plan.CreateDataset(validationRows, target);
        _settings.Log.Start(rows, validationRows, target.OutputNames);
        HeadTrainingResult result = plan.Trainer.Fit(training, validation, plan.CreateStart(target), _settings.Progress, _settings.CancellationToken);
        if (result.History.Epochs.Count == 0)
        {
            // Canceled before there was a model that would be worth keeping.
            _settings.CancellationToken.ThrowIfCancellationRequested();
        }

        _settings.Log.End(result.History);
        return CreateModel(plan, images, target, result);
    }

    private MobileNetV2PredictionTransformer CreateModel(TrainingPlan plan, FeatureStage images, PredictionTarget target, HeadTrainingResult result)
    {
        MLContext context = new();
        StockChainBuilder chain = new(images.CreateEmptyView(context));
        IReadOnlyList<DenseLayer> layers = target.CreateLayers(result.Head);
        images.Append(context, chain, target.GetOutputColumnName(_settings), new(layers, target.OutputNames, plan.Origin.ToString()));
        target.AppendColumns(context, chain, _settings, plan.Trainer.DecisionThreshold);
        return new(images, chain.ToChain(), layers, result, target.OutputNames);
    }
}
