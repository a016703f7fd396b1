using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains a head on features that are there, and puts the network that made them in front of it, so that the model takes images.</summary>
/// <param name="arguments">The arguments of the command.</param>
/// <param name="mlContext">What the training draws from.</param>
/// <param name="featurizer">The network.</param>
/// <param name="featureCount">The number of features.</param>
/// <param name="rowsOf">Returns the features of images; read more than once.</param>
internal sealed class HeadTraining(
    TrainingArguments arguments, MLContext mlContext, MobileNetV2FeaturizerTransformer featurizer, int featureCount, Func<ImageDataset, IEnumerable<FeatureVector>> rowsOf)
{
    private const string FeatureColumn = nameof(FeatureVector.Features);

    /// <summary>Returns the network whose features are trained on.</summary>
    internal static MobileNetV2FeaturizerTransformer CreateFeaturizer(MLContext mlContext, MobileNetV2Weights weights, int? inputSize) =>
        mlContext.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = FeatureColumn,
            InputColumnName = nameof(ImageRow.Image),
            Weights = weights,
            InputSize = inputSize,
            UnreadableImages = UnreadableImageHandling.SkipRow,
        }).Fit(mlContext.Data.LoadFromEnumerable(Array.Empty<ImageRow>()));

    /// <summary>Returns the model.</summary>
    internal MobileNetV2PredictionTransformer Fit(TrainingData data, EpochLines epochs, CancellationToken cancellationToken)
    {
        MobileNetV2TrainerOptions options = TrainingOptions.Create(arguments, weights: null, initialModel: null, _ => { });
        options.ImageColumnName = FeatureColumn;
        IDataView? validation = data.Validation is null ? null : ViewOf(data.Validation);
        MobileNetV2PredictionTransformer model = mlContext.MulticlassClassification.Trainers.MobileNetV2(options).Fit(
            ViewOf(data.Train), validation, new ImmediateProgress<TrainingProgress>(epochs.Add), cancellationToken);
        return TrainingEnd.Calibrate(model, arguments, validation).WithFeaturizer(featurizer);
    }

    private IDataView ViewOf(ImageDataset dataset)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureVector));
        schema[FeatureColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return mlContext.Data.LoadFromEnumerable(rowsOf(dataset), schema);
    }
}
