using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures the peak memory of a process that featurizes many rows.</summary>
internal static class MemoryBenchmark
{
    private const double BytesPerMebibyte = 1024 * 1024;

    internal static void Run(BenchmarkArguments arguments)
    {
        string[] images = arguments.Images();
        string[] rows = [.. Enumerable.Range(0, arguments.Rows).Select(index => images[index % images.Length])];
        using Contestants contestants = new(arguments.Width, arguments.Size);
        Func<string[], int> run = arguments.Pipeline switch
        {
            "ours" => contestants.Ours(arguments.Threads),
            "stock" => contestants.Stock(),
            string other => throw new ArgumentException($"--pipeline is '{other}'; expected ours or stock."),
        };
        int count = run(rows);
        using Process process = Process.GetCurrentProcess();
        Report.Print(arguments.IsJson, new()
        {
            ["rows"] = count,
            ["peak_mebibytes"] = process.PeakWorkingSet64 / BytesPerMebibyte,
        });
    }
}
