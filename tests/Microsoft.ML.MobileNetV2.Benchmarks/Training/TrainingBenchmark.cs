using System.Globalization;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.FineTuning;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares training steps of the whole network with PyTorch's, in alternating rounds, so that a change of the machine's speed meets both.</summary>
internal static class TrainingBenchmark
{
    private const double MillisecondsPerSecond = 1000;
    private const int StepsPerRound = 3;

    internal static void Run(BenchmarkArguments arguments)
    {
        TrainingBenchmarkCase[] cases = TrainingBenchmarkCase.Parse(arguments.Text("--training", "1.0/224/16,0.35/96/64"));
        if (arguments.Has("--serve"))
        {
            TrainingSteps.Serve(cases[0], arguments.Threads);
            return;
        }

        double peak = FmaPeak.Measure();
        int bits = 8 * sizeof(float) * TrainingKernels.Widest.Lanes;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"registers of {bits} bits, peak {peak:0} GFLOP/s a thread, {arguments.Threads} threads; images/s"));
        Console.WriteLine("training           ours   PyTorch   ratio (smallest - largest)   MB ours   MB PyTorch");
        List<object> results = [.. cases.Select(training => Compare(training, arguments, peak, bits))];
        if (arguments.IsJson)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { vector_bits = bits, threads = arguments.Threads, peak_gflops = Math.Round(peak, 1), results }));
        }
    }

    private static object Compare(TrainingBenchmarkCase training, BenchmarkArguments arguments, double peak, int bits)
    {
        using TrainingSide ours = TrainingSide.Start(
            Environment.ProcessPath!, ["training", "--serve", "--training", training.ToString(), "--threads", Text(arguments.Threads)], Console.Error.WriteLine)!;
        using TrainingSide? theirs = arguments.Pythons
            .Select(python => TrainingSide.Start(python, PyTorchArguments(training, arguments.Threads, peak, bits), Console.Error.WriteLine))
            .FirstOrDefault(side => side is not null);
        List<double> ourTimes = [], theirTimes = [];
        for (int round = 0; round < arguments.Rounds; round++)
        {
            ourTimes.Add(ours.Run(StepsPerRound));
            if (theirs is not null)
            {
                theirTimes.Add(theirs.Run(StepsPerRound));
            }
        }

        double[] ratios = [.. ourTimes.Zip(theirTimes, (our, their) => their / our)];
        double? ratio = ratios.Length == 0 ? null : Math.Round(Report.Median(ratios), 3);
        double rate = RateOf(training, ourTimes);
        double? theirRate = theirTimes.Count == 0 ? null : RateOf(training, theirTimes);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{training,-14} {rate,8:0.0} {theirRate,9:0.0}   {ratio:0.00} ({ratios.DefaultIfEmpty().Min():0.00} - {ratios.DefaultIfEmpty().Max():0.00}) {ours.PeakMegabytes,20:0} {theirs?.PeakMegabytes,12:0}   {theirs?.Description}"));
        return new
        {
            training = training.ToString(),
            images_per_second = Math.Round(rate, 1),
            pytorch_images_per_second = theirRate is { } value ? Math.Round(value, 1) : (double?)null,
            ratio_to_pytorch = ratio,
            peak_megabytes = Math.Round(ours.PeakMegabytes),
            pytorch_peak_megabytes = theirs is null ? (double?)null : Math.Round(theirs.PeakMegabytes),
        };
    }

    private static double RateOf(TrainingBenchmarkCase training, List<double> times) => training.BatchSize * MillisecondsPerSecond / Report.Median(times);

    private static string[] PyTorchArguments(TrainingBenchmarkCase training, int threads, double peak, int bits) =>
    [
        Path.Combine(AppContext.BaseDirectory, "pytorch_training.py"),
        "--width", Text(training.Width), "--size", Text(training.Size), "--batch", Text(training.BatchSize), "--first-block", Text(training.FirstBlock),
        "--threads", Text(threads), "--vector-bits", Text(bits), "--peak", Text(peak * threads),
    ];

    private static string Text(IFormattable value) => value.ToString(format: null, CultureInfo.InvariantCulture);
}
