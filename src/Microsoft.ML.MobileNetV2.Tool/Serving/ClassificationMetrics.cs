using System.Diagnostics.Metrics;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Measures how long images take. The web framework measures requests, their outcomes, and those that were refused.</summary>
internal sealed class ClassificationMetrics
{
    internal const string MeterName = "Microsoft.ML.MobileNetV2.Tool";

    private static readonly double[] Boundaries = [0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

    private readonly Histogram<double> _duration;
    private readonly KeyValuePair<string, object?> _model;

    public ClassificationMetrics(IMeterFactory factory, ServerSettings settings)
    {
        _model = new("model", settings.ModelName);
        _duration = factory.Create(MeterName).CreateHistogram(
            "mobilenetv2.classification.duration",
            "s",
            "Duration of the classification of an uploaded image, with its activation map where that was asked for.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = Boundaries });
    }

    internal void Record(TimeSpan duration) => _duration.Record(duration.TotalSeconds, _model);
}
