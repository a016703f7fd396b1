namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Is one way to call LbfgsMaximumEntropy.</summary>
internal sealed record LbfgsSettings(bool IsNormalized, float L1, float L2, int Iterations)
{
    public override string ToString() => FormattableString.Invariant(
        $"{(IsNormalized ? "normalized" : "as they are")}, L1 {L1}, L2 {L2}, {Iterations} iterations");
}
