using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies one dense layer of a head.</summary>
public sealed class DenseLayerOptions
{
    internal const int MaxUnits = 65_536;

    /// <summary>Gets or sets the number of units, which is the number of outputs of the layer.</summary>
    /// <value>From 0 to 65,536. The default is 0: as many as the labels need, for the last layer only.</value>
    public int Units { get; set; }

    /// <summary>Gets or sets the activation function.</summary>
    /// <value>
    /// The default is <see langword="null"/>: for the last layer the activation that fits the loss (softmax for categorical cross-entropy), and
    /// <see cref="HeadActivation.Relu"/> for the others.
    /// </value>
    public HeadActivation? Activation { get; set; }

    /// <summary>Gets or sets the dropout rate: the fraction of the layer's inputs that are set to 0 during training, drawn anew for each row.</summary>
    /// <value>At least 0, below 1. The default is 0.</value>
    public float DropoutRate { get; set; }

    /// <summary>Gets or sets the L2 penalty: half of it, times the sum of the squared weights, is added to the loss; biases are not penalized.</summary>
    /// <value>At least 0. The default is 0.</value>
    public float L2 { get; set; }

    internal DenseLayerOptions Copy() => (DenseLayerOptions)MemberwiseClone();

    internal void Validate(bool isLast, OptionsValidator validator)
    {
        string expectedUnits = isLast ? "expected 0 (as many as the labels need) to 65536" : "a layer before the last needs 1 to 65536";
        validator.Require(Units >= (isLast ? 0 : 1) && Units <= MaxUnits, nameof(Units), Units, expectedUnits);
        validator.RequireFraction(DropoutRate, nameof(DropoutRate));
        validator.RequireNotNegative(L2, nameof(L2));
        if (Activation is { } activation)
        {
            validator.RequireDefined(activation, nameof(Activation));
            validator.Require(
                isLast || activation != HeadActivation.Softmax, nameof(Activation), activation, "softmax is for the last layer");
        }
    }
}
