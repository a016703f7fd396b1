using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares one image at a time on one thread with one image at a time on several, in alternating rounds.</summary>
internal static class SingleImageBenchmark
{
    private const int WarmUpRuns = 10;

    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(400);

    internal static List<SingleImageResult> Run(IEnumerable<NetworkCase> cases, IEnumerable<int> threadCounts, int rounds)
    {
        Console.WriteLine("one image  threads    1 thread ms       ms   speedup (smallest - largest)   bytes beyond the weights");
        List<SingleImageResult> results = [];
        foreach (NetworkCase networkCase in cases)
        {
            foreach (int threads in threadCounts.Where(threads => threads > 1))
            {
                results.Add(Compare(networkCase, threads, rounds));
                Print(results[^1]);
            }
        }

        return results;
    }

    private static SingleImageResult Compare(NetworkCase networkCase, int threads, int rounds)
    {
        using ManagedNetwork network = new(new(RandomWeights.Create(networkCase.Width), networkCase.Size, MobileNetV2Output.Features));
        using ManagedNetworkRun one = network.CreateRun();
        using ManagedNetworkRun several = network.CreateRun();
        one.Input.Fill(0.5f);
        several.Input.Fill(0.5f);
        for (int i = 0; i < WarmUpRuns; i++)
        {
            one.Compute(1);
            several.Compute(threads);
        }

        List<(double One, double Several)> times = [];
        for (int round = 0; round < rounds; round++)
        {
            times.Add((Measure(one, 1), Measure(several, threads)));
        }

        double[] speedups = [.. times.Select(time => time.One / time.Several)];
        return new()
        {
            Width = Math.Round(networkCase.Width, 3),
            Size = networkCase.Size,
            Threads = threads,
            MillisecondsOnOne = Math.Round(Report.Median(times.Select(time => time.One)), 3),
            Milliseconds = Math.Round(Report.Median(times.Select(time => time.Several)), 3),
            Speedup = Math.Round(Report.Median(speedups), 3),
            SmallestSpeedup = Math.Round(speedups.Min(), 3),
            LargestSpeedup = Math.Round(speedups.Max(), 3),
            Bytes = several.ByteCount,
        };
    }

    /// <summary>Returns the median of the milliseconds of an image.</summary>
    private static double Measure(ManagedNetworkRun run, int threads)
    {
        List<double> samples = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            long before = Stopwatch.GetTimestamp();
            run.Compute(threads);
            samples.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return Report.Median(samples);
    }

    private static void Print(SingleImageResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Width,4:0.0#}/{result.Size,-6} {result.Threads,6} {result.MillisecondsOnOne,13:0.000} {result.Milliseconds,9:0.000}   {result.Speedup:0.00} ({result.SmallestSpeedup:0.00} - {result.LargestSpeedup:0.00})            {result.Bytes,12}"));
}
