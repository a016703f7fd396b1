using System.Buffers;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is an open file of features. A record that a killed process left incomplete is not there.</summary>
internal sealed class FeatureFile : IDisposable
{
    private readonly SafeFileHandle _handle;
    private readonly FeatureFileFormat _format;
    private long _end;

    private FeatureFile(SafeFileHandle handle, FeatureFileFormat format, long end)
    {
        _handle = handle;
        _format = format;
        _end = end;
    }

    /// <summary>Opens a file that a run left or still writes; null where it is none of this format, or cannot be read.</summary>
    internal static FeatureFile? TryOpen(string path, FeatureFileFormat format)
    {
        try
        {
            SafeFileHandle handle = File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);
            if (HasHeader(handle, format))
            {
                return new(handle, format, RandomAccess.GetLength(handle));
            }

            handle.Dispose();
            return null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <exception cref="IOException">The file cannot be written.</exception>
    internal static FeatureFile Create(string path, FeatureFileFormat format)
    {
        SafeFileHandle handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read);
        RandomAccess.Write(handle, format.CreateHeader(), 0);
        return new(handle, format, FeatureFileFormat.HeaderLength);
    }

    /// <summary>Returns the keys of all whole records; whether their features are sound shows when they are read.</summary>
    internal IEnumerable<(FeatureKey Key, long Offset)> ReadKeys()
    {
        byte[] key = new byte[FeatureKey.Length];
        for (long offset = FeatureFileFormat.HeaderLength; offset + _format.RecordLength <= _end; offset += _format.RecordLength)
        {
            if (RandomAccess.Read(_handle, key, offset) == key.Length)
            {
                yield return (FeatureKey.Read(key), offset);
            }
        }
    }

    /// <summary>Copies the features of a record; false where it is damaged.</summary>
    internal bool TryRead(long offset, FeatureKey key, Span<float> features)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(_format.RecordLength);
        try
        {
            Span<byte> record = buffer.AsSpan(0, _format.RecordLength);
            return RandomAccess.Read(_handle, record, offset) == record.Length && _format.TryReadRecord(record, key, features);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Appends a record and returns where it is. Not safe to use from several threads.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
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

    private static bool HasHeader(SafeFileHandle handle, FeatureFileFormat format)
    {
        byte[] header = new byte[FeatureFileFormat.HeaderLength];
        return RandomAccess.Read(handle, header, 0) == header.Length && header.AsSpan().SequenceEqual(format.CreateHeader());
    }
}
