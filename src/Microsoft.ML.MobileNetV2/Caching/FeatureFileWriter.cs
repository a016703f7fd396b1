using System.Buffers;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Represents the file to which this run appends features. Nobody else writes to it.</summary>
internal sealed class FeatureFileWriter : IFeatureFile, IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly FeatureFileFormat _format;
    private long _end = FeatureFileFormat.HeaderLength;

    private FeatureFileWriter(SafeFileHandle handle, FeatureFileFormat format)
    {
        _handle = handle;
        _format = format;
    }

    /// <exception cref="IOException">The file cannot be written; none is left.</exception>
    internal static FeatureFileWriter Create(string path, FeatureFileFormat format)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        try
        {
            RandomAccess.Write(handle, format.CreateHeader(), 0);
            return new(handle, format);
        }
        catch
        {
            handle.Dispose();
            File.Delete(path);
            throw;
        }
    }

    public bool TryRead(long offset, FeatureKey key, Span<float> features) => _format.TryReadRecord(_handle, offset, key, features);

    /// <summary>Appends a record and returns where it is. Not safe to use from several threads.</summary>
    /// <exception cref="IOException">It cannot be written; the next one takes its place.</exception>
    internal long Append(FeatureKey key, ReadOnlySpan<float> features)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_format.RecordLength);
        try
        {
            Span<byte> record = buffer.AsSpan(0, _format.RecordLength);
            FeatureFileFormat.WriteRecord(key, features, record);
            RandomAccess.Write(_handle, record, _end);
            long offset = _end;
            _end += record.Length;
            return offset;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    public void Dispose() => _handle.Dispose();
}
