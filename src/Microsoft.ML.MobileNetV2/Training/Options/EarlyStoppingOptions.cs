using Microsoft.ML.MobileNetV2.Options;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies when training stops because the validation metric no longer improves.</summary>
public sealed class EarlyStoppingOptions
{
    /// <summary>Gets or sets the validation metric to watch; it also chooses the best epoch.</summary>
    /// <value>The default is <see cref="TrainingMetric.Loss"/>.</value>
    public TrainingMetric Metric { get; set; }

    /// <summary>Gets or sets the number of epochs without improvement after which training stops.</summary>
    /// <value>At least 1. The default is 10.</value>
    public int Patience { get; set; } = 10;

    /// <summary>Gets or sets the smallest change that counts as an improvement.</summary>
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
