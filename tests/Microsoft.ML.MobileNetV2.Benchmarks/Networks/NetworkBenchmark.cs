using System.Globalization;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares the library's own kernels with ONNX Runtime in one process, in alternating rounds, so that a change of the machine's speed meets both.</summary>
internal static class NetworkBenchmark
{
    private const double FlopsPerGigaFlop = 1e9;
    private const int DefaultRounds = 7;

    private static readonly TimeSpan Duration = TimeSpan.FromMilliseconds(400);

    internal static void Run(BenchmarkArguments arguments)
    {
        NetworkCase[] cases = NetworkCase.Parse(arguments.Text("--network", "1.0/224,1.0/192,0.5/128,0.35/96"));
        int[] threadCounts = [.. arguments.Text("--threads", Environment.ProcessorCount > 1 ? "1,2" : "1").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        if (arguments.Has("--single"))
        {
            SingleImageBenchmark.Run(cases, threadCounts, arguments.Number("--rounds", DefaultRounds));
            return;
        }

        double peak = FmaPeak.Measure();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"registers of {NetworkKernels.Widest.Lanes} numbers, peak {peak:0} GFLOP/s a thread"));
        Console.WriteLine("network    threads   ours ms    ORT ms   ratio (smallest - largest)   processor time   share of peak");
        List<NetworkResult> results = [];
        int rounds = arguments.Number("--rounds", DefaultRounds);
        foreach (NetworkCase networkCase in cases)
        {
            foreach (int threads in threadCounts)
            {
                results.Add(Compare(networkCase, threads, rounds, peak));
                Print(results[^1]);
            }

            if (arguments.Has("--profile"))
            {
                NetworkProfile.Print(networkCase);
            }
        }

        List<SingleImageResult> single = SingleImageBenchmark.Run(cases, threadCounts, rounds);
        if (arguments.IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { vector_bits = 8 * sizeof(float) * NetworkKernels.Widest.Lanes, peak_gflops = Math.Round(peak, 1), results, single }));
        }
    }

    private static NetworkResult Compare(NetworkCase networkCase, int threads, int rounds, double peak)
    {
        using NetworkRunner ours = new(InferenceRuntime.Managed, networkCase, threads);
        using NetworkRunner theirs = new(InferenceRuntime.OnnxRuntime(), networkCase, threads);
        List<(double Median, double Processor)> ourTimes = [];
        List<(double Median, double Processor)> theirTimes = [];
        for (int round = 0; round < rounds; round++)
        {
            ourTimes.Add(ours.Measure(Duration));
            theirTimes.Add(theirs.Measure(Duration));
        }

        double[] ratios = [.. ourTimes.Zip(theirTimes, (our, their) => their.Median / our.Median)];
        double gigaFlops = 2 * networkCase.CountMultiplyAdds() / FlopsPerGigaFlop / (ours.Quietest / 1000);
        return new()
        {
            Width = Math.Round(networkCase.Width, 3),
            Size = networkCase.Size,
            Threads = threads,
            Milliseconds = Math.Round(Report.Median(ourTimes.Select(time => time.Median)), 3),
            OnnxRuntimeMilliseconds = Math.Round(Report.Median(theirTimes.Select(time => time.Median)), 3),
            Ratio = Math.Round(Report.Median(ratios), 3),
            SmallestRatio = Math.Round(ratios.Min(), 3),
            LargestRatio = Math.Round(ratios.Max(), 3),
            ProcessorRatio = Math.Round(Report.Median(ourTimes.Zip(theirTimes, (our, their) => their.Processor / our.Processor)), 3),
            ShareOfPeak = Math.Round(gigaFlops / peak, 3),
        };
    }

    private static void Print(NetworkResult result) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{result.Width,4:0.0#}/{result.Size,-6} {result.Threads,6} {result.Milliseconds,9:0.000} {result.OnnxRuntimeMilliseconds,9:0.000}   {result.Ratio:0.00} ({result.SmallestRatio:0.00} - {result.LargestRatio:0.00})         {result.ProcessorRatio:0.00}             {result.ShareOfPeak:0.00}"));
}
