namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Finds LBFGS's best: first in a grid of its options, then the fewest iterations that reach a loss.</summary>
internal sealed class LbfgsSearch(LbfgsSide side, Action<string> log)
{
    private static readonly int[] Iterations = [10, 20, 40, 80];
    private static readonly float[] Penalties = [0.01f, 0.1f, 1, 2, 5, 10];

    private readonly Dictionary<LbfgsSettings, LossPoint> _runs = [];

    internal IReadOnlyDictionary<LbfgsSettings, LossPoint> Runs => _runs;

    internal double LowestLoss => _runs.Values.Min(run => run.ValidationLoss);

    internal void RunGrid()
    {
        foreach (bool isNormalized in new[] { false, true })
        {
            RunUntilWorse(new(isNormalized, 1, 1, 0)); // Its default penalties.
            foreach (float penalty in Penalties)
            {
                RunUntilWorse(new(isNormalized, 0, penalty, 0));
            }
        }
    }

    /// <summary>Returns the settings that reach a loss in the fewest iterations, or null.</summary>
    internal LbfgsSettings? FindFastest(double target)
    {
        LbfgsSettings? best = null;
        foreach (LbfgsSettings family in _runs.Keys.Select(settings => settings with { Iterations = 0 }).Distinct().ToArray())
        {
            LbfgsSettings? found = Bisect(family, target, best?.Iterations ?? int.MaxValue);
            best = found ?? best;
        }

        return best;
    }

    /// <summary>Lets one choice of options run longer and longer, until that makes it clearly worse.</summary>
    private void RunUntilWorse(LbfgsSettings family)
    {
        const double Margin = 1.05;
        double lowest = double.PositiveInfinity;
        foreach (int iterations in Iterations)
        {
            double loss = Run(family with { Iterations = iterations }).ValidationLoss;
            if (loss > Margin * lowest)
            {
                break;
            }

            lowest = Math.Min(loss, lowest);
        }
    }

    private LbfgsSettings? Bisect(LbfgsSettings family, double target, int limit)
    {
        int[] tried = [.. _runs.Keys.Where(settings => settings with { Iterations = 0 } == family).Select(settings => settings.Iterations)];
        int reached = tried.Where(count => IsReached(count)).DefaultIfEmpty(int.MaxValue).Min();
        int missed = tried.Where(count => count < reached).DefaultIfEmpty(0).Max();
        if (reached == int.MaxValue || missed >= limit)
        {
            return null;
        }

        while (reached - missed > Math.Max(1, reached / 10))
        {
            int middle = (missed + reached) / 2;
            (missed, reached) = IsReached(middle) ? (missed, middle) : (middle, reached);
        }

        return reached < limit ? family with { Iterations = reached } : null;

        bool IsReached(int iterations) => Run(family with { Iterations = iterations }).ValidationLoss <= target;
    }

    private LossPoint Run(LbfgsSettings settings)
    {
        if (!_runs.TryGetValue(settings, out LossPoint run))
        {
            run = side.Train(settings);
            _runs.Add(settings, run);
            log(FormattableString.Invariant($"LBFGS, features {settings}: validation loss {run.ValidationLoss:0.0000}, {run.Seconds:0.00} s"));
        }

        return run;
    }
}
