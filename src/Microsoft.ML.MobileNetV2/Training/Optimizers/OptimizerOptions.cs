using Microsoft.ML.MobileNetV2.Options;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the optimizer: <see cref="SgdOptions"/> or <see cref="AdamOptions"/>.</summary>
public abstract class OptimizerOptions
{
    private protected OptimizerOptions(double learningRate, double weightDecay)
    {
        LearningRate = learningRate;
        WeightDecay = weightDecay;
    }

    /// <summary>Gets or sets the learning rate, which the schedule scales.</summary>
    /// <value>Above 0. The default depends on the optimizer.</value>
    public double LearningRate { get; set; }

    /// <summary>Gets or sets the weight decay; biases do not decay.</summary>
    /// <value>
    /// At least 0. SGD, and Adam without <see cref="AdamOptions.UseDecoupledWeightDecay"/>, add this fraction of each weight to its gradient; AdamW
    /// subtracts this fraction of each weight, times the learning rate, at each step. The default is 0 for SGD and 0.01 for Adam.
    /// </value>
    public double WeightDecay { get; set; }

    internal OptimizerOptions Copy() => (OptimizerOptions)MemberwiseClone();

    /// <summary>Gets the count of numbers that are remembered for each parameter from step to step.</summary>
    internal abstract int StateCount { get; }

    internal abstract Optimizer Create(IReadOnlyList<ParameterGroup> groups);

    internal virtual void Validate(OptionsValidator validator)
    {
        validator.RequirePositive(LearningRate, nameof(LearningRate));
        validator.RequireNotNegative(WeightDecay, nameof(WeightDecay));
    }
}
