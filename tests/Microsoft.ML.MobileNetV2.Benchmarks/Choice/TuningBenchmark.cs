using System.Diagnostics;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares fine-tuning with the frozen backbone, on images and by their test sets.</summary>
internal static class TuningBenchmark
{
    private const double ValidationFraction = 0.15;

    internal static void Run(BenchmarkArguments arguments)
    {
        int seeds = arguments.Number("--seeds", 3);
        Console.WriteLine("set        weights     size   frozen head            s   fine-tuned             s");
        foreach (string set in arguments.Text("--sets", "signs,clothing").Split(','))
        {
            foreach (string weights in arguments.Text("--weights", "bundled,unfolded").Split(','))
            {
                (double Accuracy, double Seconds)[] frozen = MeasureSeeds(arguments, set, weights, seeds, isTuned: false);
                (double Accuracy, double Seconds)[] tuned = MeasureSeeds(arguments, set, weights, seeds, isTuned: true);
                Console.WriteLine(string.Create(
                    CultureInfo.InvariantCulture, $"{set,-10} {weights,-10} {SizeOf(arguments, weights),5}   {Describe(frozen)}   {Describe(tuned)}"));
            }
        }
    }

    private static int SizeOf(BenchmarkArguments arguments, string weights) =>
        arguments.Number("--size", Load(arguments, weights).Description.Preprocessing.InputSize);

    private static MobileNetV2Weights Load(BenchmarkArguments arguments, string weights) => weights switch
    {
        "bundled" => MobileNetV2Weights.Bundled,
        "unfolded" => MobileNetV2Weights.FromFile(Path.Combine(arguments.ReferenceFolder, "weights", "mobilenet_v2_0.35_224_imagenet.safetensors")),
        _ => MobileNetV2Weights.FromFile(weights),
    };

    private static (double Accuracy, double Seconds)[] MeasureSeeds(BenchmarkArguments arguments, string set, string weights, int seeds, bool isTuned) =>
        [.. Enumerable.Range(1, seeds).Select(seed => Measure(arguments, set, weights, seed, isTuned))];

    private static (double Accuracy, double Seconds) Measure(BenchmarkArguments arguments, string set, string weights, int seed, bool isTuned)
    {
        MobileNetV2TrainerOptions options = new()
        {
            Weights = Load(arguments, weights),
            InputSize = SizeOf(arguments, weights),
            ValidationFraction = isTuned && !arguments.Has("--no-validation") ? ValidationFraction : 0,
            Head = new() { Seed = seed },
            FineTuning = isTuned ? CreateTuning(arguments) : null,
            Progress = arguments.Has("--verbose") ? new EpochLog() : null,
        };
        long start = Stopwatch.GetTimestamp();
        double accuracy = TransferAccuracy.Measure(Path.Combine(arguments.ReferenceFolder, "images", set), options);
        return (accuracy, Stopwatch.GetElapsedTime(start).TotalSeconds);
    }

    private static FineTuningOptions CreateTuning(BenchmarkArguments arguments)
    {
        FineTuningOptions options = new();
        options.UnfrozenBlocks = arguments.Number("--blocks", options.UnfrozenBlocks);
        options.AverageDecay = double.Parse(arguments.Text("--average", "0"), CultureInfo.InvariantCulture);
        options.Epochs = arguments.Number("--epochs", options.Epochs);
        options.Optimizer.LearningRate = double.Parse(
            arguments.Text("--rate", options.Optimizer.LearningRate.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return options;
    }

    private static string Describe((double Accuracy, double Seconds)[] runs)
    {
        double mean = runs.Average(run => run.Accuracy);
        double spread = Math.Sqrt(runs.Average(run => (run.Accuracy - mean) * (run.Accuracy - mean)));
        return string.Create(CultureInfo.InvariantCulture, $"{mean:0.000} ± {spread:0.000} {runs.Average(run => run.Seconds),9:0}");
    }

    /// <summary>Prints the end of each epoch on the thread of the training.</summary>
    private sealed class EpochLog : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.IsEndOfEpoch && value.Phase == TrainingPhase.FineTuning)
            {
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"epoch {value.Epoch}: training loss {value.Training?.Loss:0.000} accuracy {value.Training?.Accuracy:0.000}, validation loss {value.Validation?.Loss:0.000} accuracy {value.Validation?.Accuracy:0.000}"));
            }
        }
    }
}
