using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes ln(Σ eˣ) without overflow.</summary>
internal static class LogSumExp
{
    internal static double Of(ReadOnlySpan<float> values)
    {
        double largest = TensorPrimitives.Max(values);
        double sum = 0;
        foreach (float value in values)
        {
            sum += Math.Exp(value - largest);
        }

        return largest + Math.Log(sum);
    }
}
