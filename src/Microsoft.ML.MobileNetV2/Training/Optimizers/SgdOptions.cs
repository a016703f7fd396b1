using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies stochastic gradient descent with momentum.</summary>
public sealed class SgdOptions : OptimizerOptions
{
    /// <summary>Initializes options with a learning rate of 0.01, a momentum of 0.9 and no weight decay.</summary>
    public SgdOptions()
        : base(learningRate: 0.01, weightDecay: 0)
    {
    }

    /// <summary>Gets or sets the momentum: the fraction of the previous update that is kept.</summary>
    /// <value>At least 0, below 1. The default is 0.9.</value>
    public double Momentum { get; set; } = 0.9;

    /// <summary>Gets or sets a value indicating whether Nesterov momentum is used; it needs a momentum above 0.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool UseNesterov { get; set; }

    internal override int StateCount => Momentum > 0 ? 1 : 0;

    internal override Optimizer Create(IReadOnlyList<ParameterGroup> groups) => new Sgd(this, groups);

    internal override void Validate(OptionsValidator validator)
    {
        base.Validate(validator);
        validator.RequireFraction(Momentum, nameof(Momentum));
        validator.Require(!UseNesterov || Momentum > 0, nameof(UseNesterov), UseNesterov, "Nesterov needs a momentum above 0");
    }
}
