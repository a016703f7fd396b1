namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Leaves the logits as they are.</summary>
internal sealed class LinearActivation : ActivationFunction
{
    internal static readonly LinearActivation Instance = new();

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns) => logits.CopyTo(outputs);

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
    }

    internal override float Invert(float output) => output;
}
