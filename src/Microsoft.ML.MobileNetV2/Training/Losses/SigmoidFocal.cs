namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>
/// Computes the mean over the outputs of −t·(1 − p)^γ·ln(p) − (1 − t)·p^γ·ln(1 − p) of sigmoid; with γ = 0, binary cross-entropy.
/// </summary>
internal sealed class SigmoidFocal(float gamma) : RowLoss
{
    internal override double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double loss = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            (double positive, double positiveSlope) = Term(logits[i]);
            (double negative, double negativeSlope) = Term(-logits[i]);
            loss += targets[i] * positive + (1 - targets[i]) * negative;
            gradient[i] = (float)((targets[i] * positiveSlope - (1 - targets[i]) * negativeSlope) / logits.Length);
        }

        return loss / logits.Length;
    }

    /// <summary>Returns −(1 − p)^γ·ln(p) and its derivative with respect to the logit.</summary>
    private (double Loss, double Slope) Term(double logit)
    {
        double decay = Math.Exp(-Math.Abs(logit));
        double logProbability = Math.Min(logit, 0) - Math.Log(1 + decay);
        double probability = logit >= 0 ? 1 / (1 + decay) : decay / (1 + decay);
        double rest = logit >= 0 ? decay / (1 + decay) : 1 / (1 + decay);
        double modulation = gamma == 0 ? 1 : Math.Pow(rest, gamma);
        return (-modulation * logProbability, rest * (FocalTerm.Slope(gamma, probability, rest, logProbability) - modulation));
    }
}
