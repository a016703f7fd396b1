namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes −Σ t·(1 − p)^γ·ln(p) of softmax (arXiv:1708.02002, over all classes).</summary>
internal sealed class SoftmaxFocal(float gamma) : RowLoss
{
    internal override double Evaluate(
        ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, ReadOnlySpan<float> targets, Span<float> gradient)
    {
        double logSum = LogSumExp.Of(logits);
        double loss = 0;
        double total = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double logProbability = logits[i] - logSum;
            double rest = -Math.Exp(logProbability) + 1;
            double modulation = Math.Pow(rest, gamma);
            loss -= targets[i] * modulation * logProbability;

            // p·dL/dp: multiplied by p at once, so that nothing is divided by a p near 0.
            double scaled = targets[i] * (FocalTerm.Slope(gamma, 1 - rest, rest, logProbability) - modulation);
            gradient[i] = (float)scaled;
            total += scaled;
        }

        for (int i = 0; i < logits.Length; i++)
        {
            gradient[i] -= (float)(outputs[i] * total);
        }

        return loss;
    }
}
