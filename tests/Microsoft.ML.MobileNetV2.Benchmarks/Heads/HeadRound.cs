namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Holds what one round measured, one side after the other.</summary>
internal sealed record HeadRound(
    IReadOnlyDictionary<string, LossCurve> Ours,
    IReadOnlyDictionary<LbfgsSettings, LossPoint> Lbfgs,
    IReadOnlyDictionary<int, LossCurve> PyTorch)
{
    /// <summary>Returns our time to a target, by the options that are fastest to it.</summary>
    internal double SecondsTo(HeadTarget target) =>
        target.IsWholeRun ? Ours["defaults"].Seconds : Ours.Values.Min(curve => curve.SecondsTo(target.Loss));

    /// <summary>Returns the time of PyTorch's whole training, with the number of threads that is best in this round.</summary>
    internal double PyTorchSeconds => PyTorch.Values.Min(curve => curve.Seconds);
}
