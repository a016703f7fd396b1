using System.Diagnostics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures the networks in alternating rounds, so that a change of the machine's speed meets all of them.</summary>
internal sealed class NetworkSpeed(IReadOnlyList<NetworkChoice> networks, string[] images, int rounds) : IDisposable
{
    private readonly MobileNetV2Engine[] _engines =
        [.. networks.Select(network => new MobileNetV2Engine(new() { Weights = network.Weights, InputSize = network.InputSize }))];

    /// <summary>Returns for each network the median milliseconds of one image at a time, and the images a second of all cores.</summary>
    internal (double Milliseconds, double Rate)[] Measure()
    {
        List<double>[] times = [.. _engines.Select(_ => new List<double>())];
        List<double>[] rates = [.. _engines.Select(_ => new List<double>())];
        foreach (MobileNetV2Engine engine in _engines)
        {
            MeasureRate(engine);
        }

        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < _engines.Length; i++)
            {
                times[i].AddRange(images.Select(image => MeasureOne(_engines[i], image)));
                rates[i].Add(MeasureRate(_engines[i]));
            }
        }

        return [.. times.Zip(rates, (time, rate) => (Report.Median(time), Report.Median(rate)))];
    }

    public void Dispose() => Array.ForEach(_engines, engine => engine.Dispose());

    private static double MeasureOne(MobileNetV2Engine engine, string image)
    {
        long start = Stopwatch.GetTimestamp();
        engine.Run(image);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    private double MeasureRate(MobileNetV2Engine engine)
    {
        long start = Stopwatch.GetTimestamp();
        int count = engine.Run(images).Count();
        return count / Stopwatch.GetElapsedTime(start).TotalSeconds;
    }
}
