using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Runs training steps of this library in a process of their own, so that its memory can be compared; the counterpart of pytorch_training.py.</summary>
internal static class TrainingSteps
{
    private const int WarmUpSteps = 10;
    private const int ClassCount = 10;
    private const float LearningRate = 0.01f;

    /// <summary>Answers each line of the input, a number of steps, with the milliseconds of each.</summary>
    internal static void Serve(TrainingBenchmarkCase training, int threads)
    {
        TrainingShape shape = new(new(training.Width), PaddingConvention.Symmetric, training.Size, training.BatchSize, WeightsDescription.TorchBatchNormEpsilon)
        {
            FirstBlock = training.FirstBlock,
            PartCount = threads,
        };
        Action step = Create(shape);
        for (int i = 0; i < WarmUpSteps; i++)
        {
            step();
        }

        Console.WriteLine(JsonSerializer.Serialize(new { description = $"registers of {8 * sizeof(float) * TrainingKernels.Widest.Lanes} bits" }));
        while (Console.ReadLine() is { } line)
        {
            int count = int.Parse(line, CultureInfo.InvariantCulture);
            List<double> milliseconds = [];
            long allocated = GC.GetAllocatedBytesForCurrentThread();
            for (int i = 0; i < count; i++)
            {
                long start = Stopwatch.GetTimestamp();
                step();
                milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

            using var process = Process.GetCurrentProcess();
            Console.WriteLine(JsonSerializer.Serialize(new
            {
                milliseconds,
                peak_megabytes = process.PeakWorkingSet64 / 1048576.0,
                allocated_bytes = GC.GetAllocatedBytesForCurrentThread() - allocated,
            }));
        }
    }

    private static Action Create(TrainingShape shape)
    {
        Random random = new(1);
        TrainableNetwork network = new(shape);
        ParameterMap map = new(network.State);
        map.Load(RandomWeights.Create(shape.Architecture.WidthMultiplier));
        foreach (BatchNorm norm in network.State.BatchNorms)
        {
            norm.IsFolded = false;
        }

        var headShape = HeadShape.Create(new(), network.FeatureCount, ClassCount);
        HeadNetwork head = new(headShape, Draw(random, headShape.ParameterCount, 0.02f), shape.BatchSize);
        TrainingStep step = new(network, head, RowLoss.Create(HeadLoss.CategoricalCrossEntropy, HeadActivation.Softmax, 0));
        SgdOptions options = new() { LearningRate = LearningRate, Momentum = 0.9, WeightDecay = 1e-4 };
        Optimizer backbone = options.Create([new() { Start = 0, Length = network.Parameters.Length, WeightDecay = options.WeightDecay }]);
        Optimizer dense = options.Create(headShape.ParameterGroups(options.WeightDecay));
        float[] images = Draw(random, shape.BatchSize * network.InputLength, 1);
        float[] targets = new float[shape.BatchSize * ClassCount];
        float[] weights = [.. Enumerable.Repeat(1f, shape.BatchSize)];
        for (int i = 0; i < shape.BatchSize; i++)
        {
            targets[i * ClassCount + random.Next(ClassCount)] = 1;
        }

        return () =>
        {
            for (int i = 0; i < shape.BatchSize; i++)
            {
                images.AsSpan(i * network.InputLength, network.InputLength).CopyTo(network.InputOf(i));
            }

            step.ComputeGradients(new(0, shape.BatchSize, shape.BatchSize), targets, weights, usesBatchStatistics: true, metrics: null);
            backbone.Step(network.Parameters, network.Gradients, LearningRate);
            dense.Step(head.Parameters, head.Gradients, LearningRate);
        };
    }

    private static float[] Draw(Random random, int count, float range) => [.. Enumerable.Range(0, count).Select(_ => (2 * random.NextSingle() - 1) * range)];
}
