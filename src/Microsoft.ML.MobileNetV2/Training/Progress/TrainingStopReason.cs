namespace Microsoft.ML.MobileNetV2;

/// <summary>Says why a training ended.</summary>
public enum TrainingStopReason
{
    /// <summary>All epochs were run.</summary>
    Completed,

    /// <summary>The validation set showed no more progress.</summary>
    EarlyStopping,

    /// <summary>It was canceled, and the best model so far was kept.</summary>
    Canceled,
}
