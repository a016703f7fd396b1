namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds how the loss changes while the learning rate grows (arXiv:1506.01186).</summary>
/// <param name="Points">The points, by learning rate.</param>
/// <param name="SuggestedLearningRate">A good learning rate: where the loss falls most steeply.</param>
public sealed record LearningRateCurve(IReadOnlyList<LearningRatePoint> Points, double SuggestedLearningRate)
{
    /// <summary>Makes a curve from its points.</summary>
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

        return new(points, points[steepest].LearningRate);
    }
}
