using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Microsoft.ML.MobileNetV2.Telemetry;

/// <summary>Provides the traces and metrics of classifiers that are served, one set for a container.</summary>
internal sealed class ServingInstruments : IDisposable
{
    internal const string Name = "Microsoft.ML.MobileNetV2";
    internal const string NameTag = "image_classifier.name";
    internal const string GenerationTag = "image_classifier.model.generation";
    internal const string OutcomeTag = "image_classifier.outcome";
    internal const string ErrorTag = "error.type";

    private static readonly ActivitySource Activities = new(Name);

    private static readonly double[] DurationBoundaries = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private readonly TimeProvider _time;
    private readonly Meter? _ownMeter;
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _predictions;
    private readonly Counter<long> _reloads;
    private readonly Gauge<int> _generation;

    /// <param name="factory">The container's factory of meters; null for a meter of its own.</param>
    /// <param name="time">The clock.</param>
    internal ServingInstruments(IMeterFactory? factory, TimeProvider time)
    {
        _time = time;
        Meter meter = factory?.Create(Name) ?? (_ownMeter = new(Name));
        _duration = meter.CreateHistogram(
            "image_classifier.prediction.duration",
            "s",
            "Duration of the classification of an image, waiting for a free thread included.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = DurationBoundaries });
        _predictions = meter.CreateCounter<long>("image_classifier.predictions", "{prediction}", "Number of images that were to be classified, by outcome.");
        _reloads = meter.CreateCounter<long>("image_classifier.model.loads", "{load}", "Number of models that were to be loaded, by outcome.");
        _generation = meter.CreateGauge<int>("image_classifier.model.generation", "{generation}", "Generation of the model in use: 1 for the first one.");
    }

    /// <summary>Begins the measurement of a prediction.</summary>
    internal PredictionMeasurement Begin(string name, int generation)
    {
        Activity? activity = Activities.StartActivity($"classify {name}".TrimEnd());
        activity?.SetTag(NameTag, name).SetTag(GenerationTag, generation);
        return new(this, name, activity, _time.GetTimestamp());
    }

    internal void End(PredictionMeasurement measurement, Exception? error)
    {
        TagList tags = CreateTags(measurement.Name, error);
        _duration.Record(_time.GetElapsedTime(measurement.Start).TotalSeconds, tags);
        _predictions.Add(1, tags);
    }

    internal void Loaded(string name, int generation)
    {
        _reloads.Add(1, CreateTags(name, error: null));
        _generation.Record(generation, new KeyValuePair<string, object?>(NameTag, name));
    }

    internal void LoadFailed(string name, Exception error) => _reloads.Add(1, CreateTags(name, error));

    public void Dispose() => _ownMeter?.Dispose();

    private static TagList CreateTags(string name, Exception? error)
    {
        TagList tags = new() { { NameTag, name }, { OutcomeTag, Outcome.Of(error) } };
        if (error is not null)
        {
            tags.Add(ErrorTag, error.GetType().FullName);
        }

        return tags;
    }
}
