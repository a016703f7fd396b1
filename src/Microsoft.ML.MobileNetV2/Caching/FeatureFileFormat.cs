using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.Win32.SafeHandles;

namespace Microsoft.ML.MobileNetV2.Caching;

/// <summary>Defines the layout of a file of features: a header, then records of equal length.</summary>
/// <remarks>
/// Header: "MNV2FEAT", version, feature count, key of the network. Record: key, features as Single, the first eight bytes of the SHA-256 of both. Numbers
/// are in the machine's byte order; a file of a machine with the other order has another version number and is left alone.
/// </remarks>
/// <param name="Network">The key of the network.</param>
/// <param name="FeatureCount">Features of a record.</param>
internal sealed record FeatureFileFormat(FeatureKey Network, int FeatureCount)
{
    internal const int HeaderLength = 16 + FeatureKey.Length;
    private const int Version = 1;
    private const int ChecksumLength = 8;

    /// <summary>Features are averages of ReLU6 outputs; other numbers were not written by this library.</summary>
    private const float MaxFeature = 6;

    private static ReadOnlySpan<byte> Magic => "MNV2FEAT"u8;

    internal int RecordLength => FeatureKey.Length + FeatureBytes + ChecksumLength;

    private int FeatureBytes => FeatureCount * sizeof(float);

    internal byte[] CreateHeader()
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        MemoryMarshal.Write(header.AsSpan(Magic.Length), Version);
        MemoryMarshal.Write(header.AsSpan(Magic.Length + sizeof(int)), FeatureCount);
        Network.Write(header.AsSpan(HeaderLength - FeatureKey.Length));
        return header;
    }

    internal static void WriteRecord(FeatureKey key, ReadOnlySpan<float> features, Span<byte> record)
    {
        key.Write(record);
        MemoryMarshal.AsBytes(features).CopyTo(record[FeatureKey.Length..]);
        WriteChecksum(record[..^ChecksumLength], record[^ChecksumLength..]);
    }

    /// <summary>Copies the features of a record in a file; false where it is damaged, incomplete, of another key, or holds what is no feature.</summary>
    internal bool TryReadRecord(SafeFileHandle file, long offset, FeatureKey key, Span<float> features)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(RecordLength);
        try
        {
            Span<byte> record = buffer.AsSpan(0, RecordLength);
            return RandomAccess.Read(file, record, offset) == record.Length && TryReadRecord(record, key, features);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private bool TryReadRecord(ReadOnlySpan<byte> record, FeatureKey key, Span<float> features)
    {
        Span<byte> checksum = stackalloc byte[ChecksumLength];
        WriteChecksum(record[..^ChecksumLength], checksum);
        if (!checksum.SequenceEqual(record[^ChecksumLength..]) || FeatureKey.Read(record) != key)
        {
            return false;
        }

        record.Slice(FeatureKey.Length, FeatureBytes).CopyTo(MemoryMarshal.AsBytes(features));
        return FeatureChecks.IndexOfOutside(features[..FeatureCount], 0, MaxFeature) < 0;
    }

    private static void WriteChecksum(ReadOnlySpan<byte> content, Span<byte> checksum)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(content, hash);
        hash[..ChecksumLength].CopyTo(checksum);
    }
}
