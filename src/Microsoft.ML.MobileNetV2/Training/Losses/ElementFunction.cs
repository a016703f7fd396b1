namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Represents the loss of one output y with target t, and its derivative with respect to y.</summary>
internal sealed record ElementFunction(Func<double, double, double> Loss, Func<double, double, double> Derivative)
{
    /// <summary>Keeps the quotient of the Poisson loss finite where an exponential has become 0.</summary>
    private const double Smallest = 1e-12;

    private static readonly ElementFunction SquaredError = new((y, t) => (y - t) * (y - t), (y, t) => 2 * (y - t));

    private static readonly ElementFunction AbsoluteError = new((y, t) => Math.Abs(y - t), (y, t) => Math.Sign(y - t));

    private static readonly ElementFunction SquaredLogarithmicError = new(
        (y, t) => Square(Math.Log(1 + y) - Math.Log(1 + t)), (y, t) => 2 * (Math.Log(1 + y) - Math.Log(1 + t)) / (1 + y));

    private static readonly ElementFunction Poisson = new(
        (y, t) => y - t * Math.Log(Math.Max(y, Smallest)), (y, t) => 1 - t / Math.Max(y, Smallest));

    // Targets come as 0 and 1.
    private static readonly ElementFunction SquaredHinge = new(
        (y, t) => Square(Math.Max(0, 1 - Sign(t) * y)), (y, t) => -2 * Sign(t) * Math.Max(0, 1 - Sign(t) * y));

    internal static ElementFunction Of(HeadLoss loss) => loss switch
    {
        HeadLoss.SquaredHinge => SquaredHinge,
        HeadLoss.MeanSquaredError => SquaredError,
        HeadLoss.MeanAbsoluteError => AbsoluteError,
        HeadLoss.MeanSquaredLogarithmicError => SquaredLogarithmicError,
        HeadLoss.Poisson => Poisson,
        _ => throw new ArgumentOutOfRangeException(nameof(loss), loss, "This loss is computed from the logits."),
    };

    private static double Sign(double target) => 2 * target - 1;

    private static double Square(double value) => value * value;
}
