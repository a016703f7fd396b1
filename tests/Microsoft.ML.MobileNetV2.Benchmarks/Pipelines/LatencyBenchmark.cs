using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures one image at a time, as a service that answers single requests sees it.</summary>
internal static class LatencyBenchmark
{
    internal static void Run(BenchmarkArguments arguments)
    {
        string[] images = arguments.Images();
        long start = Stopwatch.GetTimestamp();
        using MobileNetV2Engine engine = new(new MobileNetV2EngineOptions { Weights = RandomWeights.Create(arguments.Width), InputSize = arguments.Size });
        double load = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        double first = Measure(engine, images[0]);
        double[] warm = [.. images.Concat(images).Select(image => Measure(engine, image))];
        Report.Print(arguments.IsJson, new()
        {
            ["width_multiplier"] = arguments.Width,
            ["input_size"] = arguments.Size,
            ["load_milliseconds"] = load,
            ["first_image_milliseconds"] = first,
            ["median_milliseconds"] = Report.Median(warm),
            ["p99_milliseconds"] = Report.Percentile(warm, 0.99),
        });
    }

    private static double Measure(MobileNetV2Engine engine, string image)
    {
        long start = Stopwatch.GetTimestamp();
        engine.Run(image);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
