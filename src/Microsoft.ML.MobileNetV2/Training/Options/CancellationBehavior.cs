namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how a canceled training run ends.</summary>
public enum CancellationBehavior
{
    /// <summary>An <see cref="OperationCanceledException"/> is thrown.</summary>
    Throw,

    /// <summary>The best model so far is returned; before the first epoch has ended there is none, and an <see cref="OperationCanceledException"/> is thrown.</summary>
    KeepBest,
}
