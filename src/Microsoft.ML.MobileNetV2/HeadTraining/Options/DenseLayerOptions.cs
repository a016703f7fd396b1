using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes one dense layer of the head.</summary>
public sealed class DenseLayerOptions
{
    internal const int MaxUnits = 65_536;

    /// <summary>Gets or sets the number of outputs of the layer.</summary>
    /// <value>From 0 to 65,536. The default is 0: as many as the labels need, for the last layer only.</value>
    public int Units { get; set; }

    /// <summary>Gets or sets what the layer does with its weighted sums.</summary>
    /// <value>
    /// The default is <see langword="null"/>: for the last layer what fits the loss (softmax for categorical cross-entropy), and
    /// <see cref="HeadActivation.Relu"/> for the others.
    /// </value>
    public HeadActivation? Activation { get; set; }

    /// <summary>Gets or sets the fraction of the layer's inputs that are left out, anew for each row of a batch, while training.</summary>
    /// <value>At least 0, below 1. The default is 0.</value>
    public float DropoutRate { get; set; }

    /// <summary>Gets or sets the penalty on large weights: L2 / 2 times the sum of their squares is added to the loss; biases are free.</summary>
    /// <value>At least 0. The default is 0.</value>
    public float L2 { get; set; }

    internal DenseLayerOptions Copy() => (DenseLayerOptions)MemberwiseClone();

    internal void Validate(string name, bool isLast, OptionsErrors errors)
    {
        string expectedUnits = isLast ? "expected 0 (as many as the labels need) to 65536" : "a layer before the last needs 1 to 65536";
        errors.Require(Units >= (isLast ? 0 : 1) && Units <= MaxUnits, $"{name}.{nameof(Units)}", Units, expectedUnits);
        errors.RequireFraction(DropoutRate, $"{name}.{nameof(DropoutRate)}");
        errors.RequireNotNegative(L2, $"{name}.{nameof(L2)}");
        if (Activation is { } activation)
        {
            errors.RequireDefined(activation, $"{name}.{nameof(Activation)}");
            errors.Require(
                isLast || activation != HeadActivation.Softmax, $"{name}.{nameof(Activation)}", activation, "softmax is for the last layer");
        }
    }
}
