using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Heads;

/// <summary>Represents one layer of a <see cref="DenseHead"/>: activation(weights · inputs + bias).</summary>
/// <remarks>Immutable and safe to use from several threads.</remarks>
internal sealed class DenseLayer
{
    private readonly float[] _weights;
    private readonly float[] _bias;

    /// <summary>Initializes a layer; the numbers are copied.</summary>
    /// <param name="inputCount">Inputs, at least 1.</param>
    /// <param name="unitCount">Outputs, at least 1.</param>
    /// <param name="activation">What is done with the weighted sums.</param>
    /// <param name="weights">Shape (outputs, inputs), row by row; finite.</param>
    /// <param name="bias">One finite number for each output.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is below 1, or the activation is unknown.</exception>
    /// <exception cref="ArgumentException">There are not as many numbers as the shape needs, or one is not finite.</exception>
    internal DenseLayer(int inputCount, int unitCount, HeadActivation activation, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputCount);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(unitCount);
        if (!Enum.IsDefined(activation))
        {
            throw new ArgumentOutOfRangeException(nameof(activation), activation, "Unknown activation.");
        }

        Require(weights, (long)inputCount * unitCount, nameof(weights));
        Require(bias, unitCount, nameof(bias));
        InputCount = inputCount;
        UnitCount = unitCount;
        Activation = activation;
        _weights = weights.ToArray();
        _bias = bias.ToArray();
    }

    /// <summary>Gets the number of inputs.</summary>
    internal int InputCount { get; }

    /// <summary>Gets the number of outputs.</summary>
    internal int UnitCount { get; }

    /// <summary>Gets the activation function.</summary>
    internal HeadActivation Activation { get; }

    /// <summary>Gets the weights: shape (<see cref="UnitCount"/>, <see cref="InputCount"/>), row by row.</summary>
    internal ReadOnlyMemory<float> Weights => _weights;

    /// <summary>Gets the bias: one number for each output.</summary>
    internal ReadOnlyMemory<float> Bias => _bias;

    private static void Require(ReadOnlySpan<float> values, long count, string parameterName)
    {
        if (values.Length != count)
        {
            throw new ArgumentException($"There are {values.Length} numbers; the layer needs {count}.", parameterName);
        }

        int wrong = FeatureChecks.IndexOfNotFinite(values);
        if (wrong >= 0)
        {
            throw new ArgumentException(FormattableString.Invariant($"Number {wrong} is {values[wrong]}; expected finite numbers."), parameterName);
        }
    }
}
