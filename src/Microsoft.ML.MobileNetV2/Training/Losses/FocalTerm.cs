namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes the part of the focal loss's derivative that comes from its modulating factor.</summary>
internal static class FocalTerm
{
    /// <summary>Returns γ·p·(1 − p)^(γ − 1)·ln(p).</summary>
    internal static double Slope(float gamma, double probability, double rest, double logProbability)
    {
        // Below γ = 1 the power has a pole at p = 1, where ln(p) is 0 and the product with it has none that matters.
        const double Smallest = 1e-12;
        return gamma == 0 ? 0 : gamma * probability * Math.Pow(Math.Max(rest, Smallest), gamma - 1) * logProbability;
    }
}
