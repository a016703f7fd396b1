using System.IO.Compression;
using System.IO.Hashing;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads what <c>torch.save</c> writes since PyTorch 1.6: a zip file with a pickle and one file for each storage.</summary>
internal static class TorchZipReader
{
    private const string PickleName = "data.pkl";

    internal static bool IsZip(ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8);

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        try
        {
            using ZipArchive archive = new(stream, ZipArchiveMode.Read, leaveOpen: true);
            return Read(archive, stream.Length, source);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or IOException or ArgumentException or NotSupportedException)
        {
            throw new WeightsFormatException(
                WeightsFormatError.InvalidHeader, source, $"the zip file is damaged: {e.Message} Download or copy the file again.", e);
        }
    }

    private static Checkpoint Read(ZipArchive archive, long fileLength, string source)
    {
        if (KerasArchive.Find(archive) is { } weights)
        {
            using MemoryStream content = new(ReadEntry(weights, fileLength, source), writable: false);
            return Hdf5Files.Read(content, source);
        }

        ZipArchiveEntry pickle = archive.Entries.FirstOrDefault(entry => entry.Name == PickleName) ?? throw ForeignFiles.UnknownZip(archive, source);
        string folder = pickle.FullName[..^PickleName.Length];
        ForeignFiles.RefuseTorchScript(archive, folder, source);
        object? root = new PickleReader(ReadEntry(pickle, PickleReader.MaxLength, source), source).Read();
        TorchTensorReader reader = new(
            storage => ReadStorage(archive, $"{folder}data/{storage.Key}", storage, source),
            2 * fileLength,
            source);
        return reader.Read(TorchStateDict.Find(root, source));
    }

    private static byte[] ReadStorage(ZipArchive archive, string name, PickledStorage storage, string source)
    {
        long length = storage.Length * storage.ByteSize;
        ZipArchiveEntry entry = archive.GetEntry(name)
            ?? throw new WeightsFormatException(WeightsFormatError.MissingTensor, source, $"its storage '{name}' is missing.");
        return entry.Length == length
            ? ReadEntry(entry, length, source)
            : throw new WeightsFormatException(
                WeightsFormatError.SizeMismatch, source, $"its storage '{name}' has {entry.Length} bytes; expected {length}.");
    }

    private static byte[] ReadEntry(ZipArchiveEntry entry, long maxLength, string source)
    {
        // PyTorch stores without compressing; so no entry can be larger than the file, and a decompression bomb has no place to hide.
        if (entry.Length > maxLength || entry.CompressedLength != entry.Length)
        {
            throw new WeightsFormatException(
                WeightsFormatError.SizeMismatch, source, $"its part '{entry.FullName}' is compressed, or its {entry.Length} bytes are more than expected.");
        }

        // PyTorch can be told to leave the checksums out; they are 0 then.
        using Stream stream = entry.Open();
        byte[] content = new byte[entry.Length];
        stream.ReadExactly(content);
        return entry.Crc32 == 0 || entry.Crc32 == Crc32.HashToUInt32(content)
            ? content
            : throw new WeightsFormatException(
                WeightsFormatError.ChecksumMismatch, source, $"the checksum of its part '{entry.FullName}' is wrong. Download or copy the file again.");
    }
}
