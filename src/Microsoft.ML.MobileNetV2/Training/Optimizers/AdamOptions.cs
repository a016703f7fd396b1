using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the Adam optimizer (arXiv:1412.6980), by default with decoupled weight decay, which is known as AdamW (arXiv:1711.05101).</summary>
public sealed class AdamOptions : OptimizerOptions
{
    private const double DefaultLearningRate = 0.001;
    private const double DefaultWeightDecay = 0.01;

    /// <summary>Initializes a new instance of the <see cref="AdamOptions"/> class with a learning rate of 0.001 and a weight decay of 0.01.</summary>
    public AdamOptions()
        : base(DefaultLearningRate, DefaultWeightDecay)
    {
    }

    /// <summary>Gets or sets a value indicating whether weight decay bypasses the gradient (AdamW), rather than being part of it (Adam).</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool UseDecoupledWeightDecay { get; set; } = true;

    /// <summary>Gets or sets the fraction of the running mean of the gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.9.</value>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Gets or sets the fraction of the running mean of the squared gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.999.</value>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Gets or sets the number that is added to the divisor, so that it is never 0.</summary>
    /// <value>Above 0. The default is 1e-8.</value>
    public double Epsilon { get; set; } = 1e-8;

    internal override int StateCount => 2;

    internal override Optimizer Create(IReadOnlyList<ParameterGroup> groups) => new Adam(this, groups);

    internal override void Validate(OptionsValidator validator)
    {
        base.Validate(validator);
        validator.RequireFraction(Beta1, nameof(Beta1));
        validator.RequireFraction(Beta2, nameof(Beta2));
        validator.RequirePositive(Epsilon, nameof(Epsilon));
    }
}
