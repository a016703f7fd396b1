using System.Numerics.Tensors;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Represents the intermediate values of a layer between the forward and the backward pass.</summary>
internal sealed class LayerBuffers(LayerShape layer, int maxRows)
{
    private readonly float[] _mask = new float[layer.DropoutRate > 0 ? maxRows * layer.Inputs : 0];

    internal ActivationFunction Activation { get; } = ActivationFunction.Of(layer.Activation);

    internal float[] Inputs { get; } = new float[maxRows * layer.Inputs];

    internal float[] Logits { get; } = new float[maxRows * layer.Units];

    internal float[] Outputs { get; } = new float[maxRows * layer.Units];

    /// <summary>Gets the gradient with respect to the logits.</summary>
    internal float[] Gradient { get; } = new float[maxRows * layer.Units];

    internal void DropInputs(int rows, ref FastRandom random)
    {
        if (_mask.Length > 0)
        {
            Span<float> mask = _mask.AsSpan(0, rows * layer.Inputs);
            random.FillDropoutMask(mask, layer.DropoutRate);
            TensorPrimitives.Multiply(Inputs.AsSpan(0, mask.Length), mask, Inputs);
        }
    }

    internal void DropGradient(Span<float> inputsGradient)
    {
        if (_mask.Length > 0)
        {
            TensorPrimitives.Multiply(inputsGradient, _mask.AsSpan(0, inputsGradient.Length), inputsGradient);
        }
    }
}
