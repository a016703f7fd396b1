namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the loss as a function of a growing learning rate (arXiv:1506.01186).</summary>
public sealed class LearningRateCurve
{
    internal LearningRateCurve()
    {
    }

    /// <summary>Gets the learning rates, in ascending order, each with its loss, smoothed over the points before it.</summary>
    public IReadOnlyList<(double LearningRate, double Loss)> Points { get; internal init; } = null!;

    /// <summary>Gets a good learning rate: the one at which the loss falls most steeply.</summary>
    public double SuggestedLearningRate { get; internal init; }

    /// <summary>Creates a curve from its points.</summary>
    internal static LearningRateCurve Create(IReadOnlyList<(double LearningRate, double Loss)> points)
    {
        int lowest = 0;
        for (int i = 1; i < points.Count; i++)
        {
            lowest = points[i].Loss < points[lowest].Loss ? i : lowest;
        }

        // A slope over several points, since the loss of single batches jumps.
        const int Reach = 3;
        int steepest = lowest;
        double steepestFall = 0;
        for (int i = Reach; i + Reach <= lowest; i++)
        {
            double fall = points[i - Reach].Loss - points[i + Reach].Loss;
            (steepest, steepestFall) = fall > steepestFall ? (i, fall) : (steepest, steepestFall);
        }

        return new() { Points = points, SuggestedLearningRate = points[steepest].LearningRate };
    }
}
