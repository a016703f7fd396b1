namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Fills folders with images and with files that are none.</summary>
internal static class ImageFolder
{
    /// <summary>Makes a folder of two classes: each of the twelve committed images is in one of them.</summary>
    /// <returns>The folder.</returns>
    internal static string Create(TemporaryFolder folder, string name = "photos")
    {
        foreach ((int index, string image) in Directory.GetFiles(SavedModels.Images).Order(StringComparer.Ordinal).Index())
        {
            Copy(image, folder.PathOf(name, index % 2 == 0 ? "even" : "odd", Path.GetFileName(image)));
        }

        return folder.PathOf(name);
    }

    /// <summary>Adds files that have the name of an image and are none.</summary>
    internal static void AddUnreadable(string folder, string prefix, int count)
    {
        Directory.CreateDirectory(folder);
        for (int i = 0; i < count; i++)
        {
            File.WriteAllText(Path.Combine(folder, $"{prefix}{i:0000}.png"), "This is no image.");
        }
    }

    private static void Copy(string image, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Copy(image, path);
    }
}
