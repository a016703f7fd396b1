using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

/// <summary>Makes meters and keeps what they measure, a line for each number: instrument, tags, number.</summary>
internal sealed class TestMeters : IMeterFactory
{
    private readonly List<Meter> _meters = [];
    private readonly MeterListener _listener = new();

    internal TestMeters()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == this)
            {
                Instruments.Add($"{instrument.Name} {instrument.Unit}");
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<double>((instrument, number, tags, _) => Note(instrument, number, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, number, tags, _) => Note(instrument, number, tags));
        _listener.SetMeasurementEventCallback<int>((instrument, number, tags, _) => Note(instrument, number, tags));
        _listener.Start();
    }

    internal ConcurrentBag<string> Instruments { get; } = [];

    internal ConcurrentQueue<string> Lines { get; } = [];

    /// <summary>Returns what an instrument measured.</summary>
    internal string[] LinesOf(string instrument) => [.. Lines.Where(line => line.StartsWith($"{instrument} ", StringComparison.Ordinal))];

    public Meter Create(MeterOptions options)
    {
        Meter meter = new(new MeterOptions(options.Name) { Scope = this });
        _meters.Add(meter);
        return meter;
    }

    public void Dispose()
    {
        _listener.Dispose();
        _meters.ForEach(meter => meter.Dispose());
    }

    private void Note<T>(Instrument instrument, T number, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        List<string> parts = [instrument.Name];
        foreach ((string name, object? value) in tags)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{name}={value}"));
        }

        parts.Add(string.Create(CultureInfo.InvariantCulture, $"{number}"));
        Lines.Enqueue(string.Join(' ', parts));
    }
}
