using System.Buffers;
using System.IO.Compression;
using System.IO.Hashing;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Reads the entries of a saved model; sizes are checked before memory is taken, and checksums after reading.</summary>
internal sealed class ModelArchive : IDisposable
{
    /// <summary>No stream that deflate makes is longer than this many times its packed form.</summary>
    private const int MaxDeflateRatio = 1032;

    private const int BlockLength = 1 << 16;

    /// <summary>Room for chains inside of chains, as deep as they are followed.</summary>
    private const int MaxNameLength = 1 << 10;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly HashSet<string> _verified = new(StringComparer.Ordinal);

    /// <param name="stream">The .zip; must be able to seek. Not disposed.</param>
    /// <param name="maxSize">The largest size in bytes of the file, and of all its entries unpacked.</param>
    /// <exception cref="InvalidDataException">It is no .zip, damaged, or too large.</exception>
    internal ModelArchive(Stream stream, long maxSize)
    {
        RequireSize(stream.Length, maxSize);
        ZipDirectory.Require(stream);
        _archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
        try
        {
            Index(maxSize);
        }
        catch
        {
            _archive.Dispose();
            throw;
        }
    }

    /// <summary>Gets the names of the entries, with slashes.</summary>
    internal IEnumerable<string> Names => _entries.Keys;

    public void Dispose() => _archive.Dispose();

    internal bool Contains(string name) => _entries.ContainsKey(name);

    /// <summary>Returns an entry's content.</summary>
    /// <exception cref="InvalidDataException">The entry is damaged.</exception>
    internal byte[] Read(string name)
    {
        ZipArchiveEntry entry = _entries[name];
        byte[] content = GC.AllocateUninitializedArray<byte>((int)entry.Length);
        using Stream stream = entry.Open();
        bool hasLength = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false) == content.Length && stream.ReadByte() < 0;
        RequireIntact(hasLength && Crc32.HashToUInt32(content) == entry.Crc32, name);
        _verified.Add(name);
        return content;
    }

    /// <summary>Returns the first bytes of an entry, whose checksum is left to <see cref="VerifyOthers"/>.</summary>
    internal byte[] ReadStart(string name, int length)
    {
        ZipArchiveEntry entry = _entries[name];
        byte[] start = new byte[Math.Min(length, entry.Length)];
        using Stream stream = entry.Open();
        stream.ReadExactly(start);
        return start;
    }

    /// <summary>Opens an entry, whose checksum is left to <see cref="VerifyOthers"/>.</summary>
    internal Stream Open(string name) => _entries[name].Open();

    /// <summary>Verifies the checksums of the entries that were not read.</summary>
    /// <exception cref="InvalidDataException">An entry is damaged.</exception>
    internal void VerifyOthers()
    {
        byte[] block = ArrayPool<byte>.Shared.Rent(BlockLength);
        try
        {
            foreach ((string name, ZipArchiveEntry entry) in _entries)
            {
                RequireIntact(_verified.Contains(name) || IsIntact(entry, block), name);
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(block);
        }
    }

    private static bool IsIntact(ZipArchiveEntry entry, byte[] block)
    {
        Crc32 checksum = new();
        long rest = entry.Length;
        using Stream stream = entry.Open();
        while (stream.Read(block) is > 0 and int count)
        {
            checksum.Append(block.AsSpan(0, count));
            rest -= count;
            if (rest < 0)
            {
                return false;
            }
        }

        return rest == 0 && checksum.GetCurrentHashAsUInt32() == entry.Crc32;
    }

    private static void RequireIntact(bool isIntact, string name)
    {
        if (!isIntact)
        {
            throw new InvalidDataException($"the length or checksum of its part '{name}' is wrong. Copy or download the file again.");
        }
    }

    private static void RequireSize(long size, long maxSize)
    {
        if (size > maxSize)
        {
            throw new InvalidDataException(
                $"it has {size} bytes or more; at most {maxSize} are allowed. If the model can be trusted, raise {nameof(ModelLimits.MaxModelSize)} of the options.");
        }
    }

    private void Index(long maxSize)
    {
        long total = 0;
        foreach (ZipArchiveEntry entry in _archive.Entries)
        {
            // ML.NET on Windows writes backslashes.
            string name = entry.FullName.Replace('\\', '/');
            if (name.Length > MaxNameLength)
            {
                throw new InvalidDataException($"it has a part whose name has {name.Length} characters; at most {MaxNameLength} are allowed.");
            }

            if (!_entries.TryAdd(name, entry))
            {
                throw new InvalidDataException($"it has two parts '{name}'.");
            }

            RequireIntact(entry.Length / MaxDeflateRatio <= entry.CompressedLength, name);
            total += entry.Length;
            RequireSize(total, maxSize);
        }
    }
}
