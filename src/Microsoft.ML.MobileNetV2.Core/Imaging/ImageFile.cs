namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Opens image files, with messages that name the path.</summary>
internal static class ImageFile
{
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    /// <exception cref="ImageDecodingException">The path is a folder, a pipe, a device or an empty file.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static FileStream Open(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (string.IsNullOrWhiteSpace(path) || path.Contains('\0', StringComparison.Ordinal))
        {
            throw new FileNotFoundException($"The path of the image, '{path.Replace('\0', '?')}', names no file.", path);
        }

        if (ImageAddress.Refusal(path) is { } refusal && !File.Exists(path))
        {
            throw new FileNotFoundException($"The image {refusal}", path);
        }

        try
        {
            RequireRegularFile(path);
            return RequireSeekable(new(path, new FileStreamOptions { BufferSize = 0, Options = FileOptions.SequentialScan }), path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or PathTooLongException)
        {
            throw new FileNotFoundException($"The image '{path}' does not exist.", path, e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new UnauthorizedAccessException($"The image '{path}' may not be read. Check the permissions of the file.", e);
        }
    }

    private static void RequireRegularFile(string path)
    {
        if (Directory.Exists(path))
        {
            throw ImageDecodingException.About(path, "it is a folder; expected the file of an image.");
        }

        if (RegularFile.IsEmpty(path))
        {
            throw ImageDecodingException.About(path, $"the file is {RegularFile.EmptyKind}; expected an image. Copy or download the file again.");
        }
    }

    private static FileStream RequireSeekable(FileStream stream, string path)
    {
        if (!stream.CanSeek)
        {
            stream.Dispose();
            throw ImageDecodingException.About(path, "it is a pipe or device; expected the file of an image.");
        }

        return stream;
    }
}
