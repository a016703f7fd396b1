using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures one side: several threads, each of which runs a network on images of its own, one after the other.</summary>
internal sealed class NetworkRunner : IDisposable
{
    private const int WarmUpRuns = 10;

    private readonly INetwork _network;
    private readonly INetworkRun[] _runs;

    internal NetworkRunner(InferenceRuntime runtime, NetworkCase networkCase, int threads)
    {
        _network = runtime.Load(new(RandomWeights.Create(networkCase.Width), networkCase.Size, MobileNetV2Output.Features));
        _runs = [.. Enumerable.Range(0, threads).Select(_ => _network.CreateRun())];
        foreach (INetworkRun run in _runs)
        {
            WarmUp(run);
        }
    }

    /// <summary>Runs all threads for some time and returns the milliseconds an image: the median by the clock, and the mean of processor time.</summary>
    internal (double Median, double Processor) Measure(TimeSpan duration)
    {
        TimeSpan before = Environment.CpuUsage.TotalTime;
        List<double>[] samples = new List<double>[_runs.Length];
        Thread[] threads = [.. _runs.Select((run, index) => new Thread(() => samples[index] = Sample(run, duration)))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        Quietest = Math.Min(Quietest, samples.Min(sample => sample.Min()));
        TimeSpan used = Environment.CpuUsage.TotalTime - before;
        double[] all = [.. samples.SelectMany(sample => sample)];
        return (Report.Median(all), used.TotalMilliseconds / all.Length);
    }

    /// <summary>Gets the fewest milliseconds of any image so far.</summary>
    internal double Quietest { get; private set; } = double.MaxValue;

    public void Dispose()
    {
        Array.ForEach(_runs, run => run.Dispose());
        _network.Dispose();
    }

    private static void WarmUp(INetworkRun run)
    {
        Span<float> input = run.Input;
        for (int i = 0; i < input.Length; i++)
        {
            input[i] = (float)Math.Sin(i);
        }

        for (int i = 0; i < WarmUpRuns; i++)
        {
            run.Compute();
        }
    }

    private static List<double> Sample(INetworkRun run, TimeSpan duration)
    {
        List<double> samples = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < duration)
        {
            long before = Stopwatch.GetTimestamp();
            run.Compute();
            samples.Add(Stopwatch.GetElapsedTime(before).TotalMilliseconds);
        }

        return samples;
    }
}
