namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the course of a training.</summary>
/// <param name="Head">The epochs of the head on the network as it was.</param>
/// <param name="FineTuning">The epochs of the fine-tuning; null for none.</param>
internal sealed record HistoryResult(IReadOnlyList<EpochEntry> Head, IReadOnlyList<EpochEntry>? FineTuning)
{
    internal static HistoryResult Of(MobileNetV2PredictionTransformer model) =>
        new(EntriesOf(model.History), model.FineTuning is { } fineTuning ? EntriesOf(fineTuning) : null);

    private static EpochEntry[] EntriesOf(TrainingHistory history) => [.. history.Epochs.Select(EpochEntry.Of)];
}
