using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Reports progress: always when asked to, otherwise a few times a second.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, TrainingPhase phase, long total)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(200);

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private TimeSpan _last;

    /// <summary>Gets the images of a unit; 0 where none pass through the network.</summary>
    internal double ImagesPerUnit { get; init; }

    /// <summary>Gets or sets the units that another run has done before.</summary>
    internal long DoneBefore { get; set; }

    internal TimeSpan Elapsed => _clock.Elapsed;

    internal bool IsDue => progress is not null && _clock.Elapsed - _last >= ShortestPause;

    internal void Report(long done, int epoch, double learningRate, TrainingMetrics? training, TrainingMetrics? validation, bool isEndOfEpoch = false)
    {
        if (progress is null)
        {
            return;
        }

        _last = _clock.Elapsed;
        long doneHere = done - DoneBefore;
        progress.Report(new()
        {
            Phase = phase,
            Done = done,
            Total = total,
            EstimatedTimeLeft = doneHere == 0 || total < done ? null : _last * ((double)(total - done) / doneHere),
            ImagesPerSecond = doneHere * ImagesPerUnit / _last.TotalSeconds,
            Epoch = epoch,
            IsEndOfEpoch = isEndOfEpoch,
            Training = training,
            Validation = validation,
            LearningRate = learningRate,
        });
    }
}
