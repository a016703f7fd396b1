using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Identifies what features were computed from by a SHA-256 hash, so that equal keys mean equal content.</summary>
internal readonly record struct FeatureKey(UInt128 High, UInt128 Low)
{
    internal const int Length = 32;

    /// <summary>Returns the key of some content.</summary>
    /// <param name="kind">What the bytes are: the same bytes as another kind of content have another key.</param>
    /// <param name="content">The bytes.</param>
    internal static FeatureKey Of(string kind, ReadOnlySpan<byte> content)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes(kind));
        hash.AppendData([0]);
        hash.AppendData(content);
        return Of(hash);
    }

    internal static FeatureKey Read(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<FeatureKey>(bytes);

    /// <summary>Returns a number that tells the content from others, the same on every machine.</summary>
    internal ulong ToNumber()
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes);
    }

    /// <summary>Returns the key of something that is made of what this key stands for.</summary>
    internal FeatureKey Derive(string what)
    {
        Span<byte> bytes = stackalloc byte[Length];
        Write(bytes);
        return Of(what, bytes);
    }

    internal void Write(Span<byte> destination) => MemoryMarshal.Write(destination, this);

    public override string ToString() => FormattableString.Invariant($"{High:x32}{Low:x32}");

    private static FeatureKey Of(IncrementalHash hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        hash.GetHashAndReset(bytes);
        return Read(bytes);
    }
}
