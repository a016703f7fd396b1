using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Represents a file of features that another run left or is still writing. A record that a killed run left incomplete is not there.</summary>
/// <remarks>It is opened for each read: a folder may hold more files than a process may have open.</remarks>
internal sealed class FeatureFileReader(string path, FeatureFileFormat format) : IFeatureFile
{
    /// <summary>Returns the keys of all whole records; whether their features are sound shows when they are read. None where the file is of another format.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    internal List<(FeatureKey Key, long Offset)> ReadKeys()
    {
        List<(FeatureKey Key, long Offset)> keys = [];
        if (RegularFile.IsEmpty(path))
        {
            return keys;
        }

        using SafeFileHandle handle = Open();
        if (!HasHeader(handle))
        {
            return keys;
        }

        byte[] key = new byte[FeatureKey.Length];
        long end = RandomAccess.GetLength(handle);
        for (long offset = FeatureFileFormat.HeaderLength; offset + format.RecordLength <= end; offset += format.RecordLength)
        {
            if (RandomAccess.Read(handle, key, offset) == key.Length)
            {
                keys.Add((FeatureKey.Read(key), offset));
            }
        }

        return keys;
    }

    public bool TryRead(long offset, FeatureKey key, Span<float> features)
    {
        using SafeFileHandle handle = Open();
        return format.TryReadRecord(handle, offset, key, features);
    }

    private SafeFileHandle Open() => File.OpenHandle(path, share: FileShare.ReadWrite | FileShare.Delete);

    private bool HasHeader(SafeFileHandle handle)
    {
        byte[] header = new byte[FeatureFileFormat.HeaderLength];
        return RandomAccess.Read(handle, header, 0) == header.Length && header.AsSpan().SequenceEqual(format.CreateHeader());
    }
}
