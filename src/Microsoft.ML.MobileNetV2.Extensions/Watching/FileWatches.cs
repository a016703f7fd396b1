namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Starts watches.</summary>
/// <param name="time">The clock of the polling.</param>
internal class FileWatches(TimeProvider time)
{
    /// <summary>Starts a watch.</summary>
    /// <param name="path">The absolute path of the file; its folder must exist, unless it is polled.</param>
    /// <param name="pollingInterval">The time between two looks; null for the events of the file system.</param>
    /// <param name="onChange">Called for each report.</param>
    internal virtual IFileWatch Start(string path, TimeSpan? pollingInterval, Action onChange) => pollingInterval is { } interval
        ? new FilePolling(path, interval, time, onChange)
        : new FileEvents(path, onChange);
}
