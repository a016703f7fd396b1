using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how the learning rate changes during training: a factor on the optimizer's rate for each step.</summary>
/// <remarks>Schedules are immutable and hold no state of a run. A schedule that is created from a delegate is as thread-safe as the delegate.</remarks>
public sealed class LearningRateSchedule
{
    private readonly Func<TrainingPosition, double> _factor;

    private LearningRateSchedule(Func<TrainingPosition, double> factor) => _factor = factor;

    /// <summary>Gets the schedule that does not change the learning rate.</summary>
    public static LearningRateSchedule Constant { get; } = new(_ => 1);

    /// <summary>Creates a schedule that falls along half a cosine, from 1 to <paramref name="finalFactor"/>.</summary>
    /// <param name="finalFactor">The factor at the end, from 0 to 1. The default is 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="finalFactor"/> is out of range.</exception>
    public static LearningRateSchedule Cosine(double finalFactor = 0)
    {
        RequireFraction(finalFactor, nameof(finalFactor));
        return new(position => Anneal(1, finalFactor, position.Fraction));
    }

    /// <summary>Creates a schedule that multiplies the rate by <paramref name="factor"/> after every <paramref name="epochs"/> epochs.</summary>
    /// <param name="epochs">The number of epochs between two changes, at least 1.</param>
    /// <param name="factor">From 0 to 1. The default is 0.1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule Step(int epochs, double factor = 0.1)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(epochs);
        RequireFraction(factor, nameof(factor));
        return new(position => Math.Pow(factor, position.Step / position.StepsPerEpoch / epochs));
    }

    /// <summary>Creates a schedule that multiplies the rate by <paramref name="factorPerEpoch"/> in each epoch, a little at every step.</summary>
    /// <param name="factorPerEpoch">From 0 to 1.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="factorPerEpoch"/> is out of range.</exception>
    public static LearningRateSchedule Exponential(double factorPerEpoch)
    {
        RequireFraction(factorPerEpoch, nameof(factorPerEpoch));
        return new(position => Math.Pow(factorPerEpoch, position.Epoch));
    }

    /// <summary>Creates a schedule that rises from a small rate to the optimizer's rate and falls to almost nothing (arXiv:1708.07120).</summary>
    /// <param name="riseFraction">The fraction of the training in which the rate rises, above 0, below 1. The default is 0.3.</param>
    /// <param name="startFactor">The factor at the start, from 0 to 1. The default is 0.04.</param>
    /// <param name="finalFactor">The factor at the end, from 0 to 1. The default is 4e-6.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    public static LearningRateSchedule OneCycle(double riseFraction = 0.3, double startFactor = 0.04, double finalFactor = 4e-6)
    {
        if (!(riseFraction > 0 && riseFraction < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(riseFraction), riseFraction, "The rising fraction must be above 0 and below 1.");
        }

        RequireFraction(startFactor, nameof(startFactor));
        RequireFraction(finalFactor, nameof(finalFactor));
        return new(position => position.Fraction < riseFraction
            ? Anneal(startFactor, 1, position.Fraction / riseFraction)
            : Anneal(1, finalFactor, (position.Fraction - riseFraction) / (1 - riseFraction)));
    }

    /// <summary>Creates a schedule from a function of the number of completed epochs, with the completed fraction of the current one.</summary>
    /// <param name="factor">Returns the factor on the optimizer's learning rate: finite and at least 0.</param>
    /// <returns>The schedule.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="factor"/> is null.</exception>
    public static LearningRateSchedule FromFunction(Func<double, double> factor)
    {
        ArgumentNullException.ThrowIfNull(factor);
        return new(position => factor(position.Epoch));
    }

    /// <summary>Returns the factor on the optimizer's learning rate.</summary>
    /// <param name="position">The position in the training.</param>
    /// <returns>A finite number of at least 0.</returns>
    /// <exception cref="InvalidOperationException">The function of the schedule returned another number.</exception>
    internal double GetFactor(TrainingPosition position)
    {
        double factor = _factor(position);
        return factor >= 0 && double.IsFinite(factor)
            ? factor
            : throw new InvalidOperationException(FormattableString.Invariant(
                $"The learning-rate schedule returned {factor} at step {position.Step}; expected a finite number of at least 0."));
    }

    private static double Anneal(double from, double to, double fraction) => to + (from - to) * (1 + Math.Cos(Math.PI * fraction)) / 2;

    private static void RequireFraction(double value, string parameterName)
    {
        if (!(value >= 0 && value <= 1))
        {
            throw new ArgumentOutOfRangeException(parameterName, value, "The factor must be from 0 to 1.");
        }
    }
}
