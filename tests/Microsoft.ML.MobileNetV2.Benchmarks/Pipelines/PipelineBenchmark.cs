using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares whole pipelines in alternating rounds, so that a change of the machine's speed meets all of them.</summary>
internal static class PipelineBenchmark
{
    private const int WarmUpImages = 40;

    internal static void Run(BenchmarkArguments arguments)
    {
        string[] images = arguments.Images();
        using Contestants contestants = new(arguments.Width, arguments.Size);
        (string Name, Func<string[], int> Run)[] sides =
        [
            ("ours", contestants.Ours(arguments.Threads)),
            ("loaded", contestants.Loaded()),
            ("stock", contestants.Stock()),
            ("onnxruntime", contestants.OnnxRuntime(arguments.Threads)),
        ];
        foreach ((_, Func<string[], int> run) in sides)
        {
            run([.. images.Take(WarmUpImages)]);
        }

        Dictionary<string, List<double>> rates = sides.ToDictionary(side => side.Name, _ => new List<double>());
        for (int round = 0; round < arguments.Rounds; round++)
        {
            foreach ((string name, Func<string[], int> run) in sides)
            {
                rates[name].Add(Measure(run, images));
            }
        }

        Print(arguments, images.Length, rates.ToDictionary(pair => pair.Key, pair => Report.Median(pair.Value)));
    }

    private static double Measure(Func<string[], int> run, string[] images)
    {
        long start = Stopwatch.GetTimestamp();
        int count = run(images);
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        return count == images.Length ? count / seconds : throw new InvalidOperationException($"{count} rows came out of {images.Length}.");
    }

    private static void Print(BenchmarkArguments arguments, int imageCount, Dictionary<string, double> medians) => Report.Print(arguments.IsJson, new()
    {
        ["width_multiplier"] = arguments.Width,
        ["input_size"] = arguments.Size,
        ["images"] = imageCount,
        ["threads"] = arguments.Threads,
        ["rounds"] = arguments.Rounds,
        ["ours_images_per_second"] = medians["ours"],
        ["loaded_images_per_second"] = medians["loaded"],
        ["stock_images_per_second"] = medians["stock"],
        ["onnxruntime_images_per_second"] = medians["onnxruntime"],
        ["ratio_to_stock"] = medians["ours"] / medians["stock"],
        ["ratio_to_onnxruntime"] = medians["ours"] / medians["onnxruntime"],
        ["ratio_of_loaded_to_stock"] = medians["loaded"] / medians["stock"],
    });
}
