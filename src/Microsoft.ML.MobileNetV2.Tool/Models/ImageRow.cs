namespace Microsoft.ML.MobileNetV2.Tool.Models;

/// <summary>Represents a row of a data view. The names of the columns are those that saved models of this command have.</summary>
internal sealed class ImageRow
{
    /// <summary>Gets or sets the path of the image.</summary>
    public string Image { get; set; } = string.Empty;

    /// <summary>Gets or sets the class.</summary>
    public string Label { get; set; } = string.Empty;

    /// <summary>Returns the rows of a data set.</summary>
    internal static ImageRow[] From(ImageDataset dataset) => [.. dataset.Images.Select(image => new ImageRow { Image = image.Image, Label = image.Label })];
}
