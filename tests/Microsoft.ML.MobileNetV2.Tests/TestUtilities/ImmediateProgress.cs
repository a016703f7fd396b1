namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Tells of progress on the thread that reports it, unlike <see cref="Progress{T}"/>.</summary>
internal sealed class ImmediateProgress(Action<TrainingProgress> report) : IProgress<TrainingProgress>
{
    public void Report(TrainingProgress value) => report(value);
}
