using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Training;

/// <summary>Computes the softmax of logits of any size: of the differences to the largest one, which cannot overflow.</summary>
internal static class StableSoftmax
{
    internal static void Compute(ReadOnlySpan<float> logits, Span<float> destination)
    {
        TensorPrimitives.Subtract(logits, TensorPrimitives.Max(logits), destination);
        TensorPrimitives.SoftMax(destination, destination);
    }
}
