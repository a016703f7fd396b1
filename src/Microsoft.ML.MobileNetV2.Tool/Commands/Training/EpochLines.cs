using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Writes a line an epoch, and shows how far the phases are that take long.</summary>
internal sealed class EpochLines(CommandContext context, IWorkProgress progress)
{
    private TrainingPhase? _phase;

    internal void Add(TrainingProgress update)
    {
        switch (update.Phase)
        {
            case TrainingPhase.ComputingFeatures when update.Total > 0:
                progress.Report("computing features", update.Done, update.Total);
                break;
            case TrainingPhase.FineTuning:
                progress.Report("fine-tuning", update.Done, update.Total);
                break;
        }

        if (update.IsEndOfEpoch)
        {
            Write(update);
        }
    }

    private void Write(TrainingProgress update)
    {
        if (update.Phase != _phase)
        {
            _phase = update.Phase;
            context.WriteLine(update.Phase == TrainingPhase.FineTuning ? "fine-tuning" : "training the head");
        }

        string validation = update.Validation is { } metrics ? $"  validation {metrics.Accuracy,7:0.0 %}" : string.Empty;
        string left = update is { EstimatedTimeLeft: { } time } && update.Done < update.Total ? $"  {Duration.Format(time)} left" : string.Empty;
        context.WriteLine($"  epoch {update.Epoch,3}  loss {update.Training!.Loss:0.0000}  accuracy {update.Training.Accuracy,7:0.0 %}{validation}{left}");
    }
}
