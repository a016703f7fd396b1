namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Represents an activation of the dense head, with its derivative.</summary>
internal abstract class ActivationFunction
{
    internal static ActivationFunction Of(HeadActivation activation) => activation switch
    {
        HeadActivation.Linear => LinearActivation.Instance,
        HeadActivation.Relu => ClippedActivation.Relu,
        HeadActivation.Relu6 => ClippedActivation.Relu6,
        HeadActivation.Sigmoid => SigmoidActivation.Instance,
        HeadActivation.Tanh => TanhActivation.Instance,
        HeadActivation.Exponential => ExponentialActivation.Instance,
        HeadActivation.Softmax => SoftmaxActivation.Instance,
        _ => SmoothActivation.Of(activation),
    };

    /// <summary>Computes the outputs of one or more rows; both may be the same memory.</summary>
    internal abstract void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns);

    /// <summary>Turns the gradient by the outputs into the gradient by the logits, in place.</summary>
    internal abstract void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns);

    /// <summary>Returns a logit that gives about <paramref name="output"/>: where a regression starts.</summary>
    internal abstract float Invert(float output);
}
