using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Chooses Adam (arXiv:1412.6980).</summary>
public sealed class AdamOptions : OptimizerOptions
{
    private const double DefaultLearningRate = 0.001;

    /// <summary>Initializes options with a learning rate of 0.001.</summary>
    public AdamOptions()
        : base(DefaultLearningRate)
    {
    }

    /// <summary>Gets or sets the fraction of the mean gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.9.</value>
    public double Beta1 { get; set; } = 0.9;

    /// <summary>Gets or sets the fraction of the mean squared gradient that is kept at each step.</summary>
    /// <value>At least 0, below 1. The default is 0.999.</value>
    public double Beta2 { get; set; } = 0.999;

    /// <summary>Gets or sets what is added to the divisor, so that it is never 0.</summary>
    /// <value>Above 0. The default is 1e-8.</value>
    public double Epsilon { get; set; } = 1e-8;

    /// <summary>Gets or sets the fraction of each weight that is added to its gradient; biases are free.</summary>
    /// <value>At least 0. The default is 0.</value>
    public double WeightDecay { get; set; }

    internal override Optimizer Create(HeadShape shape) =>
        new Adam(new(Beta1, Beta2, Epsilon, WeightDecay, IsDecoupled: false), shape);

    internal override void Validate(string name, OptionsErrors errors)
    {
        base.Validate(name, errors);
        errors.RequireShare(Beta1, $"{name}.{nameof(Beta1)}");
        errors.RequireShare(Beta2, $"{name}.{nameof(Beta2)}");
        errors.RequirePositive(Epsilon, $"{name}.{nameof(Epsilon)}");
        errors.RequireNotNegative(WeightDecay, $"{name}.{nameof(WeightDecay)}");
    }
}
