namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies why an image was left out of an evaluation.</summary>
public enum SkippedReason
{
    /// <summary>The image could not be read.</summary>
    Unreadable,

    /// <summary>The model has no class of the image's label.</summary>
    UnknownLabel,

    /// <summary>A score is NaN, which stands for a missing value.</summary>
    MissingScores,
}
