namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Tells files from pipes and devices: opening a pipe waits for somebody to write to it, perhaps for ever.</summary>
internal static class RegularFile
{
    /// <summary>Specifies what a path without content is.</summary>
    internal const string EmptyKind = "empty, or a pipe or device";

    /// <summary>Returns whether there is nothing to read: pipes and devices have no length. False where nothing exists at the path.</summary>
    internal static bool IsEmpty(string path)
    {
        FileInfo file = new(path);
        if (file.LinkTarget is not null)
        {
            file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
        }

        return file.Exists && file.Length == 0;
    }
}
