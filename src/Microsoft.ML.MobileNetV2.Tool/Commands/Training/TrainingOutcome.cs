namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents how a training ended.</summary>
/// <param name="Accuracy">The accuracy on the validation images of the epoch that was kept; null without them.</param>
/// <param name="EpochCount">The number of epochs, those of the head alone included only where nothing else was trained.</param>
/// <param name="BestEpoch">The epoch that was kept; 0 for the network as it was before its fine-tuning.</param>
/// <param name="IsCanceled">Whether it was ended before its time.</param>
internal sealed record TrainingOutcome(double? Accuracy, int EpochCount, int BestEpoch, bool IsCanceled)
{
    internal static TrainingOutcome Of(MobileNetV2PredictionTransformer model)
    {
        TrainingHistory last = model.FineTuning ?? model.History;
        EpochResult? best = BestOf(last) ?? BestOf(model.History);
        bool isCanceled = last.StopReason == TrainingStopReason.Canceled || model.History.StopReason == TrainingStopReason.Canceled;
        return new(best?.Validation?.Accuracy, last.Epochs.Count, last.BestEpoch, isCanceled);
    }

    private static EpochResult? BestOf(TrainingHistory history) => history.BestEpoch > 0 ? history.Epochs[history.BestEpoch - 1] : null;
}
