using System.Collections.Concurrent;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Counts how requests ended. Safe to use from several threads.</summary>
internal sealed class ServingCounts
{
    private readonly ConcurrentDictionary<(string Kind, string Outcome), int> _outcomes = [];
    private readonly ConcurrentBag<double> _milliseconds = [];
    private int _wrong;

    internal int Total => _outcomes.Values.Sum();

    /// <summary>Gets whether an answer was wrong, or the server failed.</summary>
    internal bool HasFault => _wrong > 0 || _milliseconds.IsEmpty || _outcomes.Keys.Any(key => key.Outcome.StartsWith('5'));

    internal void Add(string kind, string outcome) => _outcomes.AddOrUpdate((kind, outcome), 1, (_, count) => count + 1);

    internal void AddAnswer(bool isRight, TimeSpan duration)
    {
        _milliseconds.Add(duration.TotalMilliseconds);
        if (!isRight)
        {
            Interlocked.Increment(ref _wrong);
        }
    }

    internal void Write(TextWriter writer, TimeSpan duration)
    {
        foreach (((string kind, string outcome), int count) in _outcomes.OrderBy(pair => pair.Key))
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind,-8} {outcome,-12} {count,7}"));
        }

        double[] sorted = [.. _milliseconds.Order()];
        if (sorted.Length > 0)
        {
            writer.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{sorted.Length} answers, {_wrong} wrong, {sorted.Length / duration.TotalSeconds:0} a second; median {At(0.5):0.0} ms, 99th percentile {At(0.99):0.0} ms"));
        }

        double At(double fraction) => sorted[(int)(fraction * (sorted.Length - 1))];
    }
}
