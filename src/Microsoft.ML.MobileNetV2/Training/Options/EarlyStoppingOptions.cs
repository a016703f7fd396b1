using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Says when training stops because the validation set shows no more progress.</summary>
public sealed class EarlyStoppingOptions
{
    /// <summary>Gets or sets the number on the validation set that is watched; it also chooses the best epoch.</summary>
    /// <value>The default is <see cref="TrainingMetric.Loss"/>.</value>
    public TrainingMetric Metric { get; set; }

    /// <summary>Gets or sets the number of epochs without progress after which training stops.</summary>
    /// <value>At least 1. The default is 10.</value>
    public int Patience { get; set; } = 10;

    /// <summary>Gets or sets the least change that counts as progress.</summary>
    /// <value>At least 0. The default is 0: any.</value>
    public double MinDelta { get; set; }

    internal EarlyStoppingOptions Copy() => (EarlyStoppingOptions)MemberwiseClone();

    internal void Validate(OptionsValidator validator)
    {
        validator.RequireDefined(Metric, nameof(Metric));
        validator.Require(Patience >= 1, nameof(Patience), Patience, "expected at least 1 epoch");
        validator.RequireNotNegative(MinDelta, nameof(MinDelta));
    }
}
