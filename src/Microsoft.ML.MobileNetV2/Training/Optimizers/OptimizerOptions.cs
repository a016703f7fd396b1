using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Says by which rule the weights change: <see cref="SgdOptions"/>, <see cref="AdamOptions"/> or <see cref="AdamWOptions"/>.</summary>
public abstract class OptimizerOptions
{
    private protected OptimizerOptions(double learningRate) => LearningRate = learningRate;

    /// <summary>Gets or sets the learning rate, which the schedule scales.</summary>
    /// <value>Above 0. The default depends on the rule.</value>
    public double LearningRate { get; set; }

    internal OptimizerOptions Copy() => (OptimizerOptions)MemberwiseClone();

    internal abstract Optimizer Create(HeadShape shape);

    internal virtual void Validate(string name, OptionsErrors errors) => errors.RequirePositive(LearningRate, $"{name}.{nameof(LearningRate)}");
}
