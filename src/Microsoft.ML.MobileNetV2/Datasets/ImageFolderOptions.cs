namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of reading a folder of images.</summary>
public sealed class ImageFolderOptions
{
    /// <summary>Gets or sets whether the label of an image is the name of the folder that it lies in.</summary>
    /// <value>
    /// The default is false: the name of the subfolder below the folder that is read, also for images deeper within it. True suits folders such as
    /// <c>train/cat</c> and <c>test/cat</c>.
    /// </value>
    public bool LabelFromParentFolder { get; set; }

    /// <summary>Gets or sets the label of images that lie in the folder itself, beside the subfolders.</summary>
    /// <value>The default is null: they have none, so they are left out and a problem. Any text suits images whose labels do not matter.</value>
    public string? RootLabel { get; set; }
}
