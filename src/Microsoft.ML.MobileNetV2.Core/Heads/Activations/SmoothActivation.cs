namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Represents an activation that is computed number by number from a function and its derivative.</summary>
internal sealed class SmoothActivation : ActivationFunction
{
    private const float LeakySlope = 0.01f;

    private static readonly SmoothActivation LeakyRelu = new(x => x > 0 ? x : LeakySlope * x, x => x > 0 ? 1 : LeakySlope, y => y);

    private static readonly SmoothActivation Elu = new(x => x > 0 ? x : ExpM1(x), x => x > 0 ? 1 : MathF.Exp(x), y => Math.Max(y, 0));

    private static readonly SmoothActivation Swish = new(
        x => x * Sigmoid(x), x => Sigmoid(x) * (1 + x * (1 - Sigmoid(x))), y => Math.Max(y, 0));

    // ln(1 + e^x) with the large part taken out, so that nothing overflows; its inverse is ln(e^y − 1).
    private static readonly SmoothActivation Softplus = new(
        x => Math.Max(x, 0) + LogOnePlus(MathF.Exp(-Math.Abs(x))), Sigmoid, y => InvertSoftplus(y));

    private readonly Func<float, float> _function;
    private readonly Func<float, float> _derivative;
    private readonly Func<float, float> _inverse;

    private SmoothActivation(Func<float, float> function, Func<float, float> derivative, Func<float, float> inverse)
    {
        _function = function;
        _derivative = derivative;
        _inverse = inverse;
    }

    internal static new SmoothActivation Of(HeadActivation activation) => activation switch
    {
        HeadActivation.LeakyRelu => LeakyRelu,
        HeadActivation.Elu => Elu,
        HeadActivation.Swish => Swish,
        HeadActivation.Softplus => Softplus,
        _ => throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation."),
    };

    internal override void Apply(ReadOnlySpan<float> logits, Span<float> outputs, int columns)
    {
        for (int i = 0; i < logits.Length; i++)
        {
            outputs[i] = _function(logits[i]);
        }
    }

    internal override void Backward(ReadOnlySpan<float> logits, ReadOnlySpan<float> outputs, Span<float> gradient, int columns)
    {
        for (int i = 0; i < gradient.Length; i++)
        {
            gradient[i] *= _derivative(logits[i]);
        }
    }

    internal override float Invert(float output) => _inverse(output);

    private static float Sigmoid(float x) => 1 / (1 + MathF.Exp(-x));

    private static float ExpM1(float x) => (float)(Math.Exp(x) - 1);

    private static float LogOnePlus(float x) => (float)Math.Log(1.0 + x);

    private static float InvertSoftplus(float output)
    {
        const float Smallest = 1e-3f;
        double y = Math.Max(output, Smallest);
        return (float)(y + Math.Log(1 - Math.Exp(-y)));
    }
}
