using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

/// <summary>Is a watch that reports when the test says so.</summary>
internal sealed class ManualWatches() : FileWatches(TimeProvider.System)
{
    private Action _onChange = () => throw new InvalidOperationException("Nothing is watched.");

    /// <summary>Gets or sets what happens just before the watch begins.</summary>
    internal Action BeforeStart { get; set; } = () => { };

    internal bool IsWatching { get; private set; }

    internal TimeSpan? PollingInterval { get; private set; }

    internal void Report() => _onChange();

    internal override IFileWatch Start(string path, TimeSpan? pollingInterval, Action onChange)
    {
        BeforeStart();
        _onChange = onChange;
        PollingInterval = pollingInterval;
        IsWatching = true;
        return new Watch(this);
    }

    private sealed class Watch(ManualWatches watches) : IFileWatch
    {
        public void Dispose() => watches.IsWatching = false;
    }
}
