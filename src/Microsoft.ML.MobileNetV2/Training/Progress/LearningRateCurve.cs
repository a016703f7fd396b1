namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the loss as a function of a growing learning rate (arXiv:1506.01186).</summary>
public sealed record LearningRateCurve
{
    /// <summary>Gets the points, in the order of their learning rates.</summary>
    public required IReadOnlyList<LearningRatePoint> Points { get; init; }

    /// <summary>Gets a good learning rate: the one at which the loss falls most steeply.</summary>
    public required double SuggestedLearningRate { get; init; }

    /// <summary>Creates a curve from its points.</summary>
    internal static LearningRateCurve Create(IReadOnlyList<LearningRatePoint> points)
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
