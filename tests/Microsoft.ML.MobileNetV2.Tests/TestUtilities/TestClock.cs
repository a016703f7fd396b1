namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Is a clock that stands still until it is moved on; its timers are those of the system, but for one that may end at once.</summary>
internal sealed class TestClock : TimeProvider
{
    private long _now;
    private int _endsNextTimer;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Volatile.Read(ref _now);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        base.CreateTimer(callback, state, Interlocked.Exchange(ref _endsNextTimer, 0) == 1 ? TimeSpan.Zero : dueTime, period);

    internal void Advance(TimeSpan time) => Interlocked.Add(ref _now, time.Ticks);

    /// <summary>Lets the next timer end as soon as it is started, however long it is.</summary>
    internal void EndNextTimer() => Volatile.Write(ref _endsNextTimer, 1);
}
