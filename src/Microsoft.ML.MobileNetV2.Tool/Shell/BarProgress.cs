using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Shows each phase as a bar with the time left.</summary>
internal sealed class BarProgress : IWorkProgress
{
    private readonly ProgressContext _context;
    private readonly Lock _lock = new();
    private string? _phase;
    private ProgressTask? _task;

    private BarProgress(ProgressContext context) => _context = context;

    /// <summary>Runs work under the bars; they disappear at the end. Lines that the work writes to the same console stand above them.</summary>
    internal static T Run<T>(IAnsiConsole console, Func<IWorkProgress, T> work) => console.Progress()
        .AutoClear(true)
        .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
        .Start(context => work(new BarProgress(context)));

    /// <inheritdoc/>
    public void Report(string phase, long done, long total)
    {
        lock (_lock)
        {
            if (phase != _phase)
            {
                _task?.StopTask();
                (_phase, _task) = (phase, _context.AddTask(Markup.Escape(phase)));
            }

            _task!.MaxValue = Math.Max(1, total);
            _task.Value = done;
        }
    }
}
