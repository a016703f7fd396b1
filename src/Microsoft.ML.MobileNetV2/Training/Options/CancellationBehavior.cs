namespace Microsoft.ML.MobileNetV2;

/// <summary>Says what a training gives that is canceled.</summary>
public enum CancellationBehavior
{
    /// <summary>An <see cref="OperationCanceledException"/>.</summary>
    Throw,

    /// <summary>The best model so far; where no epoch has ended yet, the model as it is.</summary>
    KeepBest,
}
