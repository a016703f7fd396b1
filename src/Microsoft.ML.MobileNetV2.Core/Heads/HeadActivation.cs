namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the activation function of a dense layer. The names are stored in saved models.</summary>
public enum HeadActivation
{
    /// <summary>No change: any number.</summary>
    Linear,

    /// <summary>max(0, x).</summary>
    Relu,

    /// <summary>min(max(0, x), 6), as in the backbone.</summary>
    Relu6,

    /// <summary>x where it is positive, 0.01·x elsewhere.</summary>
    LeakyRelu,

    /// <summary>x where it is positive, eˣ − 1 elsewhere.</summary>
    Elu,

    /// <summary>x / (1 + e⁻ˣ), also called SiLU.</summary>
    Swish,

    /// <summary>1 / (1 + e⁻ˣ): between 0 and 1, for each output separately.</summary>
    Sigmoid,

    /// <summary>The hyperbolic tangent: between −1 and 1.</summary>
    Tanh,

    /// <summary>ln(1 + eˣ): above 0.</summary>
    Softplus,

    /// <summary>eˣ: above 0.</summary>
    Exponential,

    /// <summary>Probabilities that sum to 1 over all outputs; for the last layer only.</summary>
    Softmax,
}
