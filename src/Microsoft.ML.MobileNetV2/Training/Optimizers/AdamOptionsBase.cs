using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options that <see cref="AdamOptions"/> and <see cref="AdamWOptions"/> have in common.</summary>
public abstract class AdamOptionsBase : OptimizerOptions
{
    private const double DefaultLearningRate = 0.001;

    private protected AdamOptionsBase(double weightDecay)
        : base(DefaultLearningRate, weightDecay)
    {
    }

    /// <summary>Gets or sets the fraction of the running mean of the gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.9.</value>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Gets or sets the fraction of the running mean of the squared gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.999.</value>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Gets or sets the number that is added to the divisor, so that it is never 0.</summary>
    /// <value>Above 0. The default is 1e-8.</value>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Gets whether weight decay bypasses the gradient.</summary>
    internal abstract bool IsDecoupled { get; }

    internal override Optimizer Create(IReadOnlyList<ParameterGroup> groups) => new Adam(this, groups);

    internal override void Validate(OptionsValidator validator)
    {
        base.Validate(validator);
        validator.RequireFraction(Beta1, nameof(Beta1));
        validator.RequireFraction(Beta2, nameof(Beta2));
        validator.RequirePositive(Epsilon, nameof(Epsilon));
    }
}
