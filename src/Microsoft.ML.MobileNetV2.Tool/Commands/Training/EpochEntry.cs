namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents an epoch; what was not measured is null.</summary>
internal sealed record EpochEntry(int Epoch, double LearningRate, double? Loss, double? Accuracy, double? ValidationLoss, double? ValidationAccuracy)
{
    internal static EpochEntry Of(EpochResult epoch) => new(
        epoch.Epoch,
        epoch.LearningRate,
        Finite(epoch.Training.Loss),
        Finite(epoch.Training.Accuracy),
        Finite(epoch.Validation?.Loss),
        Finite(epoch.Validation?.Accuracy));

    private static double? Finite(double? value) => value is { } number && double.IsFinite(number) ? number : null;
}
