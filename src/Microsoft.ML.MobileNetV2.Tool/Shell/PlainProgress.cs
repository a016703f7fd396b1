using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes a line for each tenth of a phase.</summary>
internal sealed class PlainProgress(TextWriter writer) : IWorkProgress
{
    private const int Steps = 10;

    private readonly Lock _lock = new();
    private string? _phase;
    private long _start;
    private long _doneAtStart;
    private long _lastStep;

    /// <inheritdoc/>
    public void Report(string phase, long done, long total)
    {
        lock (_lock)
        {
            if (phase != _phase)
            {
                (_phase, _start, _doneAtStart, _lastStep) = (phase, Stopwatch.GetTimestamp(), done, -1);
            }

            long step = total > 0 ? done * Steps / total : 0;
            if (step > _lastStep)
            {
                _lastStep = step;
                writer.WriteLine($"{phase}: {done} of {total}{TimeLeft(done, total)}");
            }
        }
    }

    private string TimeLeft(long done, long total)
    {
        if (done <= _doneAtStart || done >= total)
        {
            return string.Empty;
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(_start);
        double rate = (done - _doneAtStart) / elapsed.TotalSeconds;
        return $", {rate:#,0.#}/s, {Duration.Format(TimeSpan.FromSeconds((total - done) / rate))} left";
    }
}
