using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Compares a small network that learns from labels with one that learns from a large network, without labels.</summary>
internal static class DistillationBenchmark
{
    internal static void Run(BenchmarkArguments arguments)
    {
        Console.WriteLine("set        seed   teacher   head: labels, taught   fine-tuned: labels, taught");
        foreach (string set in arguments.Text("--sets", "clothing").Split(','))
        {
            string folder = Path.Combine(arguments.ReferenceFolder, "images", set);
            List<double[]> runs = [];
            foreach (int seed in Enumerable.Range(arguments.Number("--first-seed", 1), arguments.Number("--seeds", 3)))
            {
                runs.Add(Measure(arguments, folder, seed));
                Print(set, $"{seed}", runs[^1]);
            }

            Print(set, "mean", [.. Enumerable.Range(0, runs[0].Length).Select(column => runs.Average(run => run[column]))]);
        }
    }

    /// <summary>Returns the accuracies of the teacher, and of the small network in four trainings.</summary>
    private static double[] Measure(BenchmarkArguments arguments, string folder, int seed)
    {
        MobileNetV2TrainerOptions options = new() { Head = new() { Seed = seed }, FineTuning = CreateTuning(arguments, "--teacher-epochs") };
        using var teacher = TransferAccuracy.Train(folder, options);
        List<double> accuracies = [TransferAccuracy.Evaluate(folder, teacher)];
        foreach (bool isTuned in new[] { false, true })
        {
            foreach (bool isTaught in new[] { false, true })
            {
                options = new()
                {
                    Weights = MobileNetV2Weights.FromFile(Path.Combine(arguments.ReferenceFolder, "weights", "mobilenet_v2_0.35_224_imagenet.safetensors")),
                    Head = new() { Seed = seed },
                    FineTuning = isTuned ? CreateTuning(arguments, "--epochs") : null,
                    Distillation = isTaught ? CreateDistillation(arguments, teacher) : null,
                };
                using var student = TransferAccuracy.Train(folder, options, isLabeled: !isTaught);
                accuracies.Add(TransferAccuracy.Evaluate(folder, student));
            }
        }

        return [.. accuracies];
    }

    private static FineTuningOptions CreateTuning(BenchmarkArguments arguments, string epochs)
    {
        FineTuningOptions options = new();
        options.Epochs = arguments.Number(epochs, options.Epochs);
        return options;
    }

    private static DistillationOptions CreateDistillation(BenchmarkArguments arguments, ITransformer teacher)
    {
        DistillationOptions options = new() { Teacher = teacher };
        options.Temperature = double.Parse(
            arguments.Text("--temperature", options.Temperature.ToString(CultureInfo.InvariantCulture)), CultureInfo.InvariantCulture);
        return options;
    }

    private static void Print(string set, string seed, double[] accuracies) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{set,-10} {seed,-6} {accuracies[0],7:0.000}   {accuracies[1],12:0.000}, {accuracies[2]:0.000}   {accuracies[3],18:0.000}, {accuracies[4]:0.000}"));
}
