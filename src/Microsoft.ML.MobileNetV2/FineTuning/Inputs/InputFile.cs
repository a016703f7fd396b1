using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Holds rows of numbers in a temporary file that nobody else sees, and that is gone when the process ends, however it ends.</summary>
/// <param name="folder">The folder of the file.</param>
/// <param name="open">Creates and opens the file at the first row; null for a new one.</param>
internal sealed class InputFile(string folder, Func<SafeFileHandle>? open = null) : IDisposable
{
    private SafeFileHandle? _handle;

    /// <exception cref="IOException">The row cannot be written: the disk is full, or the folder is missing or protected.</exception>
    internal void Write(long row, ReadOnlySpan<float> values)
    {
        try
        {
            _handle ??= open is null ? Create() : open();
            RandomAccess.Write(_handle, MemoryMarshal.AsBytes(values), row * values.Length * sizeof(float));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new IOException(FormattableString.Invariant(
                $"What the frozen blocks give cannot be written to the folder '{folder}': {e.Message} It holds {row} images of {values.Length * sizeof(float)} bytes so far. Set FineTuning.CacheFolder to a folder on a larger disk, or raise FineTuning.MaxCacheMemory."), e);
        }
    }

    /// <exception cref="IOException">The row cannot be read.</exception>
    internal void Read(long row, Span<float> destination)
    {
        Span<byte> bytes = MemoryMarshal.AsBytes(destination);
        long offset = row * bytes.Length;
        while (bytes.Length > 0)
        {
            int count = RandomAccess.Read(_handle!, bytes, offset);
            if (count == 0)
            {
                throw new EndOfStreamException($"A file in the folder '{folder}' was cut off by another program.");
            }

            bytes = bytes[count..];
            offset += count;
        }
    }

    public void Dispose() => _handle?.Dispose();

    private SafeFileHandle Create()
    {
        string path = Path.Combine(folder, $"mobilenetv2-{Guid.NewGuid():N}.tmp");
        SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Delete, FileOptions.DeleteOnClose);
        if (!OperatingSystem.IsWindows())
        {
            // Windows deletes the file of a process that was killed; elsewhere only its name may go before.
            File.Delete(path);
        }

        return handle;
    }
}
