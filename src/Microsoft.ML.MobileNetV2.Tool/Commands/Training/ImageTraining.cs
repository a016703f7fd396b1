using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains on images where ready features do not do: the network itself, random views, a model to go on from, a cache.</summary>
internal sealed class ImageTraining(TrainingArguments arguments, CommandContext context, MLContext mlContext)
{
    private readonly List<string> _unreadable = [];

    /// <summary>Returns the model.</summary>
    /// <exception cref="CommandException">Unreadable images left fewer than two classes.</exception>
    internal MobileNetV2PredictionTransformer Fit(TrainingData data, MobileNetV2Weights? weights, ITransformer? initialModel)
    {
        try
        {
            MobileNetV2PredictionTransformer model = context.RunWithProgress(progress => Fit(data, weights, initialModel, progress));
            foreach (string warning in TrainingSource.DescribeLost(data.Train.ClassNames, model.ClassNames))
            {
                context.Warn(warning);
            }

            TrainingSource.RequireTwoClasses(arguments.Labels ?? arguments.Folder, model.ClassNames);
            return model;
        }
        finally
        {
            foreach (string message in _unreadable.Distinct(StringComparer.Ordinal))
            {
                context.Warn($"skipped {message}");
            }
        }
    }

    private MobileNetV2PredictionTransformer Fit(TrainingData data, MobileNetV2Weights? weights, ITransformer? initialModel, IWorkProgress progress)
    {
        if (weights is not null)
        {
            WeightsLoading.Load(weights, progress, context.CancellationToken);
        }

        EpochLines epochs = new(context, progress);
        MobileNetV2Trainer trainer = mlContext.MulticlassClassification.Trainers.MobileNetV2(TrainingOptions.Create(arguments, weights, initialModel, AddUnreadable));
        IDataView? validation = data.Validation is null ? null : RowsOf(data.Validation);
        MobileNetV2PredictionTransformer model = trainer.Fit(RowsOf(data.Train), validation, new ImmediateProgress<TrainingProgress>(epochs.Add), context.CancellationToken);
        return TrainingEnd.Calibrate(model, arguments, validation);
    }

    private void AddUnreadable(UnreadableImage image)
    {
        lock (_unreadable)
        {
            _unreadable.Add(image.Reason.Message);
        }
    }

    private IDataView RowsOf(ImageDataset dataset) => mlContext.Data.LoadFromEnumerable(ImageRow.From(dataset));
}
