namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents an image that was left out of an evaluation: no figure counts it.</summary>
public sealed class SkippedImage
{
    internal SkippedImage(string id, string label, SkippedReason reason, string message)
    {
        Id = id;
        Label = label;
        Reason = reason;
        Message = message;
    }

    /// <summary>Gets the path of the image, or another name for it.</summary>
    public string Id { get; }

    /// <summary>Gets the true label; where an image has several, those that are unknown.</summary>
    public string Label { get; }

    /// <summary>Gets why the image was left out.</summary>
    public SkippedReason Reason { get; }

    /// <summary>Gets the reason in words, which name the image or the label.</summary>
    public string Message { get; }
}
