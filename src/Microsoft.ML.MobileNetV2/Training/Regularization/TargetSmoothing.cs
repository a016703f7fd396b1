using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Spreads a fraction of each target: over all classes with softmax, between yes and no with sigmoid.</summary>
internal sealed class TargetSmoothing(float fraction, HeadActivation activation)
{
    internal void Apply(Span<float> target)
    {
        if (fraction > 0)
        {
            int choices = activation == HeadActivation.Softmax ? target.Length : 2;
            TensorPrimitives.Multiply(target, 1 - fraction, target);
            TensorPrimitives.Add(target, fraction / choices, target);
        }
    }
}
