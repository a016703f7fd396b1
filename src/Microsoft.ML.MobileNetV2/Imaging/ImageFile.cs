namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Opens image files, with messages that name the path.</summary>
internal static class ImageFile
{
    internal static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileNotFoundException($"The path of the image, '{path.Replace('\0', '?')}', names no file.", path);
        }

        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder; expected the file of an image.");
        }

        try
        {
            return new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan });
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"The image '{path}' does not exist.", path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"The image '{path}' may not be read. Check the permissions of the file.", e);
        }
    }
}
