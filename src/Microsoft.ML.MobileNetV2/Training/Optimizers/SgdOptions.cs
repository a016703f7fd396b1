using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Chooses stochastic gradient descent with momentum.</summary>
public sealed class SgdOptions : OptimizerOptions
{
    private const double DefaultLearningRate = 0.01;

    /// <summary>Initializes options with a learning rate of 0.01.</summary>
    public SgdOptions()
        : base(DefaultLearningRate)
    {
    }

    /// <summary>Gets or sets the fraction of the last change that is kept.</summary>
    /// <value>At least 0, below 1. The default is 0.9.</value>
    public double Momentum { get; set; } = 0.9;

    /// <summary>Gets or sets whether the gradient is looked at where momentum leads (Nesterov).</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool UseNesterov { get; set; }

    /// <summary>Gets or sets the fraction of each weight that is added to its gradient; biases are free.</summary>
    /// <value>At least 0. The default is 0.</value>
    public double WeightDecay { get; set; }

    internal override Optimizer Create(HeadShape shape) => new Sgd(this, shape);

    internal override void Validate(string name, OptionsErrors errors)
    {
        base.Validate(name, errors);
        errors.RequireShare(Momentum, $"{name}.{nameof(Momentum)}");
        errors.RequireNotNegative(WeightDecay, $"{name}.{nameof(WeightDecay)}");
        errors.Require(!UseNesterov || Momentum > 0, $"{name}.{nameof(UseNesterov)}", UseNesterov, "Nesterov needs a momentum above 0");
    }
}
