namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies why a training run ended.</summary>
public enum TrainingStopReason
{
    /// <summary>All epochs were completed.</summary>
    Completed,

    /// <summary>The validation metric no longer improved.</summary>
    EarlyStopping,

    /// <summary>The run was canceled, and the best model so far was kept.</summary>
    Canceled,
}
