namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the file of an image with its label.</summary>
public sealed class LabeledImage
{
    /// <summary>Initializes an image.</summary>
    /// <param name="image">The path of the file.</param>
    /// <param name="label">The name of the class.</param>
    /// <param name="group">What keeps images together in a split, such as a patient. The default is null: the image is on its own.</param>
    /// <exception cref="ArgumentException">The path or the label is empty.</exception>
    public LabeledImage(string image, string label, string? group = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(image);
        ArgumentException.ThrowIfNullOrEmpty(label);
        Image = image;
        Label = label;
        Group = string.IsNullOrEmpty(group) ? null : group;
    }

    /// <summary>Gets the path of the file.</summary>
    public string Image { get; }

    /// <summary>Gets the name of the class.</summary>
    public string Label { get; }

    /// <summary>Gets what keeps images together in a split; null where the image is on its own.</summary>
    public string? Group { get; }
}
