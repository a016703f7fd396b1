using System.Buffers;
using System.Security.Cryptography;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>
/// Seals feature files: an entry of their metadata is the SHA-256 of the whole file, with zeros where the entry is. Damage is found by it before it can lead
/// a parser astray, which may never end, and other programs read the file as any Parquet.
/// </summary>
internal static class FileSeal
{
    /// <summary>The entry with the hash. Names in files never change.</summary>
    internal const string Key = "mobilenetv2.file_sha256";

    private const int HashLength = 2 * SHA256.HashSizeInBytes;

    /// <summary>The part at the end of a file that has the entry. Parquet has its metadata there, and behind them the name of the writer alone.</summary>
    private const int TailLength = 1 << 16;

    private const int BufferLength = 1 << 20;

    /// <summary>What to say of a Parquet file that another program wrote, even from a feature file.</summary>
    private const string ForeignFile = " Another program wrote it. For other labels or fewer images, give the images with a list instead: --labels and --cache.";

    /// <summary>Gets what the entry has before the file is sealed.</summary>
    internal static string Blank { get; } = new('0', HashLength);

    /// <summary>The entry up to its value, which begins with the type of a text in Thrift, and its length.</summary>
    private static readonly byte[] EntryStart = [.. Encoding.ASCII.GetBytes(Key), 0x18, HashLength];

    /// <summary>Seals a file whose entry is blank.</summary>
    internal static void Close(Stream stream)
    {
        (long place, string _) = Find(stream);
        string hash = HashAround(place, stream, CancellationToken.None);
        stream.Position = place;
        stream.Write(Encoding.ASCII.GetBytes(hash));
    }

    /// <summary>Refuses a file that is not as it was when it was sealed.</summary>
    /// <exception cref="InvalidDataException">The file was changed, or never sealed.</exception>
    internal static void RequireWhole(Stream stream, CancellationToken cancellationToken)
    {
        (long place, string expected) = Find(stream);
        string found = HashAround(place, stream, cancellationToken);
        if (found != expected)
        {
            throw new InvalidDataException($"its SHA-256 is {found}; expected {expected}. Compute it again.");
        }

        stream.Position = 0;
    }

    private static (long Place, string Hash) Find(Stream stream)
    {
        byte[] tail = new byte[Math.Min(TailLength, stream.Length)];
        stream.Position = stream.Length - tail.Length;
        stream.ReadExactly(tail);
        int start = tail.AsSpan().LastIndexOf(EntryStart) + EntryStart.Length;
        return start >= EntryStart.Length && start + HashLength <= tail.Length
            ? (stream.Length - tail.Length + start, Encoding.ASCII.GetString(tail, start, HashLength))
            : throw new InvalidDataException($"it has no entry '{Key}' in its metadata.{(IsParquet(stream) ? ForeignFile : string.Empty)}");
    }

    private static bool IsParquet(Stream stream)
    {
        Span<byte> start = stackalloc byte[4];
        stream.Position = 0;
        return stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) == start.Length && start.SequenceEqual("PAR1"u8);
    }

    private static string HashAround(long place, Stream stream, CancellationToken cancellationToken)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        stream.Position = 0;
        Append(hash, stream, place, cancellationToken);
        hash.AppendData(Encoding.ASCII.GetBytes(Blank));
        stream.Position = place + HashLength;
        Append(hash, stream, stream.Length - stream.Position, cancellationToken);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void Append(IncrementalHash hash, Stream stream, long length, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BufferLength);
        try
        {
            for (long left = length; left > 0;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> next = buffer.AsSpan(0, (int)Math.Min(left, buffer.Length));
                stream.ReadExactly(next);
                hash.AppendData(next);
                left -= next.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }
}
