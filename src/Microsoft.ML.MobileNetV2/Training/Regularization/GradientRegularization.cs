using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Adds L2 penalties to the gradient of a batch, and clips its norm.</summary>
/// <param name="penalized">The groups with a penalty; the penalty is their weight decay.</param>
/// <param name="clipNorm">The largest norm of the gradient; 0 for any.</param>
internal sealed class GradientRegularization(IReadOnlyList<ParameterGroup> penalized, float clipNorm)
{
    internal void Apply(float[] parameters, float[] gradients)
    {
        foreach (ParameterGroup group in penalized)
        {
            TensorPrimitives.MultiplyAdd(group.Of(parameters), (float)group.WeightDecay, group.Of(gradients), group.Of(gradients));
        }

        if (clipNorm > 0)
        {
            Clip(gradients);
        }
    }

    private void Clip(float[] gradients)
    {
        float norm = TensorPrimitives.Norm<float>(gradients);
        if (norm > clipNorm)
        {
            TensorPrimitives.Multiply(gradients, clipNorm / norm, gradients);
        }
    }
}
