namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Sorts the images of the committed models into folders by their classes.</summary>
internal static class LabeledImages
{
    /// <summary>The images that the committed model classifies correctly, by the scores that are committed beside it.</summary>
    internal const int CorrectCount = 8;

    /// <summary>The same where each image is in the folder of the next class.</summary>
    internal const int CorrectCountOfShifted = 2;

    private static readonly string[] Classes = ["few", "some", "many"];

    /// <summary>Copies the images into the sub-folders of a folder "images".</summary>
    /// <param name="folder">The folder to write to.</param>
    /// <param name="isShifted">Whether each image gets the label of the next class.</param>
    /// <returns>The path of the folder "images".</returns>
    internal static string Write(TemporaryFolder folder, bool isShifted = false)
    {
        foreach ((int index, string path) in Directory.GetFiles(SavedModels.Images).Order(StringComparer.Ordinal).Index())
        {
            string label = Classes[(index + (isShifted ? 1 : 0)) % Classes.Length];
            Directory.CreateDirectory(folder.PathOf("images", label));
            File.Copy(path, folder.PathOf("images", label, Path.GetFileName(path)));
        }

        return folder.PathOf("images");
    }
}
