using System.Diagnostics;
using System.Globalization;
using Microsoft.ML.MobileNetV2.Network;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Prints where the time of a network goes: a line for each convolution.</summary>
internal static class NetworkProfile
{
    private const int WarmUpRuns = 10;
    private const double MicrosecondsPerSecond = 1e6;
    private const double BytesPerMegabyte = 1e6;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(2);

    internal static void Print(NetworkCase networkCase)
    {
        ProfilingKernels kernels = new(NetworkKernels.Widest);
        double[] times = Measure(networkCase, kernels);
        LayerInfo[] layers = [.. new MobileNetV2Architecture(networkCase.Width).GetLayers(networkCase.Size).Where(layer => layer.MultiplyAdds > 0)];
        Console.WriteLine("layer                  kind                   output            us   GFLOP/s   MB read and written");
        foreach ((LayerInfo layer, double time) in layers.Zip(times))
        {
            long bytes = sizeof(float) * (CountOf(layer.InputShape) + CountOf(layer.OutputShape) + layer.ParameterCount);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{layer.Name,-22} {layer.Kind,-22} {layer.OutputShape,-15} {time,6:0.0} {RateOf(layer.MultiplyAdds, time),9:0.0} {bytes / BytesPerMegabyte,9:0.00}"));
        }

        foreach (LayerKind kind in layers.Select(layer => layer.Kind).Distinct())
        {
            (LayerInfo Layer, double Time)[] some = [.. layers.Zip(times).Where(pair => pair.First.Kind == kind)];
            double time = some.Sum(pair => pair.Time);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"all of {kind,-54} {time,7:0.0} {RateOf(some.Sum(pair => pair.Layer.MultiplyAdds), time),9:0.0}"));
        }
    }

    private static long CountOf((int Channels, int Height, int Width) shape) => (long)shape.Channels * shape.Height * shape.Width;

    private static double RateOf(long multiplyAdds, double microseconds) => 2 * multiplyAdds / microseconds / 1000;

    /// <summary>Returns the microseconds of each convolution for one image.</summary>
    private static double[] Measure(NetworkCase networkCase, ProfilingKernels kernels)
    {
        using ManagedNetwork network = new(new(RandomWeights.Create(networkCase.Width), networkCase.Size, MobileNetV2Output.Features), kernels);
        using ManagedNetworkRun run = network.CreateRun();
        for (int i = 0; i < WarmUpRuns; i++)
        {
            run.Compute();
        }

        // The least of each layer: others use the machine, too.
        double[] least = [];
        long start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < Duration)
        {
            kernels.Reset();
            run.Compute();
            double[] times = [.. kernels.Times().Select(time => time.TotalSeconds * MicrosecondsPerSecond)];
            least = least.Length == 0 ? times : [.. least.Zip(times, Math.Min)];
        }

        return least;
    }
}
