namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Writes durations for people.</summary>
internal static class Duration
{
    /// <summary>Returns a duration such as <c>3 s</c>, <c>2:05 min</c> or <c>1:02:05 h</c>.</summary>
    internal static string Format(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 60 } => FormattableString.Invariant($"{Math.Ceiling(duration.TotalSeconds):0} s"),
        { TotalMinutes: < 60 } => FormattableString.Invariant($"{duration:m\\:ss} min"),
        _ => FormattableString.Invariant($"{(long)duration.TotalHours}:{duration:mm\\:ss} h"),
    };
}
