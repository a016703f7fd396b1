namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Distinguishes a user's files from those that operating systems and their tools leave behind.</summary>
internal static class SystemFiles
{
    private static readonly string[] Names =
        ["Thumbs.db", "ehthumbs.db", "desktop.ini", "__MACOSX", "@eaDir", "$RECYCLE.BIN", "System Volume Information", "lost+found"];

    /// <summary>Returns whether a file or folder is to be ignored: hidden ones are, which begin with a dot except on Windows, and so is .DS_Store there.</summary>
    internal static bool Contains(FileSystemInfo entry) =>
        entry.Name.StartsWith('.') || entry.Attributes.HasFlag(FileAttributes.Hidden) || Names.Contains(entry.Name, StringComparer.OrdinalIgnoreCase);
}
