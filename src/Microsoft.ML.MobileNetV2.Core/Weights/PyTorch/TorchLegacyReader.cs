using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Reads what <c>torch.save</c> wrote before PyTorch 1.6: five pickles (mark, version, machine, content, keys of the storages), then
/// the storages, each with its length before it.
/// </summary>
internal static class TorchLegacyReader
{
    private const long Version = 1001;

    /// <summary>Gets the ten-byte number that marks such a file.</summary>
    private static ReadOnlySpan<byte> Mark => [0x8a, 0x0a, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20, 0x6a, 0xa8, 0x50, 0x19];

    /// <summary>Gets the number as pickle's protocols 0 and 1 write it.</summary>
    private static ReadOnlySpan<byte> DecimalMark => "L119547037146038801333356L"u8;

    /// <summary>Returns whether a file starts with a pickle of the mark, in any protocol.</summary>
    internal static bool IsLegacy(ReadOnlySpan<byte> start)
    {
        const int FrameLength = 9;
        ReadOnlySpan<byte> content = start is [0x80, >= 2 and <= 5, ..] ? start[2..] : start;
        content = content is [0x95, ..] && content.Length > FrameLength ? content[FrameLength..] : content;
        return content.StartsWith(Mark) || content.StartsWith(DecimalMark);
    }

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        long begin = stream.Position;
        byte[] start = new byte[Math.Min(stream.Length - begin, PickleReader.MaxLength)];
        stream.ReadExactly(start);
        PickleReader pickles = new(start, source);
        pickles.Read();
        if (pickles.Read() is not Version)
        {
            throw pickles.Invalid("is of an unknown version of PyTorch's older format");
        }

        pickles.Read();
        object? root = pickles.Read();
        List<object?> keys = pickles.Read() as List<object?> ?? throw pickles.Invalid("lacks the list of storages");
        Dictionary<string, PickledTensor> tensors = TorchStateDict.Find(root, source);
        Dictionary<string, long> positions = FindStorages(stream, begin + pickles.Position, keys, Sizes(pickles), source);
        TorchTensorReader reader = new(
            storage => ReadStorage(stream, positions.GetValueOrDefault(storage.Key, stream.Length), storage, source), 2 * stream.Length, source);
        return reader.Read(tensors);
    }

    /// <summary>Returns the bytes of one number of each storage, wherever in the content it is used.</summary>
    private static Dictionary<string, int> Sizes(PickleReader pickles)
    {
        Dictionary<string, int> sizes = new(StringComparer.Ordinal);
        foreach (PickledStorage storage in pickles.Storages)
        {
            sizes[storage.Key] = storage.ByteSize;
        }

        return sizes;
    }

    private static Dictionary<string, long> FindStorages(
        Stream stream, long position, List<object?> keys, Dictionary<string, int> sizes, string source)
    {
        Dictionary<string, long> positions = new(StringComparer.Ordinal);
        byte[] lengthField = new byte[sizeof(long)];
        foreach (object? key in keys)
        {
            if (key is not string name || !sizes.TryGetValue(name, out int size))
            {
                throw new WeightsFormatException(WeightsFormatError.InvalidHeader, source, "its list of storages names one that the content does not use.");
            }

            positions[name] = position;
            ReadAt(stream, position, lengthField, source);
            Int128 next = position + sizeof(long) + (Int128)BinaryPrimitives.ReadInt64LittleEndian(lengthField) * size;
            position = next > position && next <= stream.Length ? (long)next : throw Truncated(source);
        }

        return positions;
    }

    private static byte[] ReadStorage(Stream stream, long position, PickledStorage storage, string source)
    {
        byte[] lengthField = new byte[sizeof(long)];
        ReadAt(stream, position, lengthField, source);
        if (BinaryPrimitives.ReadInt64LittleEndian(lengthField) != storage.Length)
        {
            throw new WeightsFormatException(
                WeightsFormatError.SizeMismatch, source, $"its storage '{storage.Key}' has another length than the {storage.Length} numbers of its tensors.");
        }

        // The walk over the storages has checked the length against the file.
        byte[] content = new byte[storage.Length * storage.ByteSize];
        ReadAt(stream, position + sizeof(long), content, source);
        return content;
    }

    private static void ReadAt(Stream stream, long position, byte[] buffer, string source)
    {
        stream.Position = position;
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw Truncated(source);
        }
    }

    private static WeightsFormatException Truncated(string source) =>
        new(WeightsFormatError.Truncated, source, "the file ends before its storages do. Download or copy the file again.");
}
