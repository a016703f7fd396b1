namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds a server that sends so little that the file would never be whole, though it is never silent.</summary>
internal sealed class ThroughputWatch(WeightsDownloadOptions options)
{
    private long _start = options.Clock.GetTimestamp();
    private long _received;

    /// <summary>Counts bytes; returns what is wrong where too few came in the time that a server may be silent.</summary>
    internal string? FindStall(int count)
    {
        _received += count;
        TimeSpan elapsed = options.Clock.GetElapsedTime(_start);
        if (elapsed < options.StallTimeout)
        {
            return null;
        }

        string? stall = _received < options.MinBytesPerStallTimeout
            ? FormattableString.Invariant($"sent only {_received} bytes in {elapsed.TotalSeconds:0} seconds.")
            : null;
        _start = options.Clock.GetTimestamp();
        _received = 0;
        return stall;
    }
}
