using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2.Watching;

/// <summary>Represents what tells two contents of a file apart without reading them.</summary>
internal sealed record FileStamp(DateTime LastWriteTime, long Length)
{
    /// <summary>Returns the stamp of a file, or of the file that a link leads to; null where it cannot be opened.</summary>
    internal static FileStamp? Of(string path)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, LinkTarget: null, Length: 0 } empty)
            {
                // It may be a pipe, which opens only when somebody writes to it.
                return new(empty.LastWriteTimeUtc, 0);
            }

            // By the handle, for the time of a path may be that of the link.
            using SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            return new(File.GetLastWriteTimeUtc(handle), RandomAccess.GetLength(handle));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            return null;
        }
    }
}
