using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Trains a little while the learning rate grows from far too small to far too large.</summary>
internal sealed class LearningRateSearch(HeadSetup setup, ProgressReporter progress, CancellationToken cancellationToken)
{
    internal const int StepCount = 120;

    private const double Smallest = 1e-6;
    private const double Largest = 10;

    /// <summary>The fraction of the smoothed loss that is kept at each step.</summary>
    private const double Smoothing = 0.8;

    internal LearningRateCurve Run()
    {
        List<(double LearningRate, double Loss)> points = [];
        double average = 0;
        double lowest = double.PositiveInfinity;
        for (int step = 0; step < StepCount; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double learningRate = Smallest * Math.Pow(Largest / Smallest, step / (StepCount - 1.0));
            double loss = setup.TargetScaler.RestoreLoss(setup.Gradient.Compute(NextBatch(step), null));
            average = Smoothing * average + (1 - Smoothing) * loss;
            double smoothed = average / (1 - Math.Pow(Smoothing, step + 1));
            if (!double.IsFinite(smoothed) || HasDiverged(smoothed, lowest, points))
            {
                break;
            }

            points.Add((learningRate, smoothed));
            lowest = Math.Min(lowest, smoothed);
            setup.Optimizer.Step(setup.Network.Parameters, setup.Network.Gradients, learningRate);
            progress.Report(step + 1, 0, learningRate, new() { Loss = smoothed }, null);
        }

        return points.Count > 0
            ? LearningRateCurve.Create(points)
            : throw new InvalidOperationException("The loss is not finite even before the first step: start with another head, or with smaller labels.");
    }

    private static bool HasDiverged(double smoothed, double lowest, List<(double LearningRate, double Loss)> points)
    {
        const int FewestPoints = 10;
        const double Factor = 4;
        return points.Count >= FewestPoints && smoothed > Math.Max(Factor * Math.Abs(lowest), points[0].Loss * Factor);
    }

    private int NextBatch(int step)
    {
        int batch = step % setup.Batches.BatchCount;
        if (batch == 0)
        {
            setup.Batches.Shuffle(setup.Random);
        }

        return batch;
    }
}
