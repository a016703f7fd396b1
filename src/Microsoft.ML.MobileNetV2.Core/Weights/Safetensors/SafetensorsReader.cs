using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads files in the safetensors format; everything is checked against the length of the file before memory is taken for it.</summary>
internal static class SafetensorsReader
{
    /// <summary>The longest header in bytes that the format's reference implementation accepts.</summary>
    internal const int MaxHeaderLength = 100_000_000;

    internal const int LengthFieldSize = 8;

    /// <summary>Returns whether the first bytes of a file look like safetensors: a length, then a JSON object.</summary>
    internal static bool IsSafetensors(ReadOnlySpan<byte> start) =>
        start.Length > LengthFieldSize && start[LengthFieldSize] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(start) <= MaxHeaderLength;

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        SafetensorsHeader header = ReadHeader(stream, source);
        Dictionary<string, WeightTensor> tensors = new(header.Entries.Count, StringComparer.Ordinal);
        byte[] buffer = [];
        foreach (SafetensorsEntry entry in header.Entries)
        {
            int length = checked((int)Math.Min(entry.ByteCount, Array.MaxLength));
            if (length != entry.ByteCount)
            {
                throw new WeightsFormatException(
                    WeightsFormatError.SizeMismatch, source, $"tensor '{entry.Name}' has {entry.ByteCount} bytes; a layer of MobileNetV2 is never that large.");
            }

            if (buffer.Length < length)
            {
                buffer = GC.AllocateUninitializedArray<byte>(length);
            }

            ReadExactly(stream, buffer.AsSpan(0, length), source);
            tensors.Add(entry.Name, new(entry.Shape, entry.DataType.ToSingles(buffer.AsSpan(0, length))));
        }

        return new(source, tensors, header.Metadata);
    }

    private static SafetensorsHeader ReadHeader(Stream stream, string source)
    {
        Span<byte> lengthField = stackalloc byte[LengthFieldSize];
        ReadExactly(stream, lengthField, source);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(lengthField);
        if (length > MaxHeaderLength)
        {
            throw new WeightsFormatException(
                WeightsFormatError.HeaderTooLarge, source, $"the header claims {length} bytes; the safetensors format allows {MaxHeaderLength}.");
        }

        long dataLength = stream.Length - stream.Position - (long)length;
        if (dataLength < 0)
        {
            throw Truncated(source);
        }

        byte[] json = GC.AllocateUninitializedArray<byte>((int)length);
        ReadExactly(stream, json, source);
        return SafetensorsHeader.Parse(json, dataLength, source);
    }

    private static void ReadExactly(Stream stream, Span<byte> buffer, string source)
    {
        if (stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false) < buffer.Length)
        {
            throw Truncated(source);
        }
    }

    private static WeightsFormatException Truncated(string source) =>
        new(WeightsFormatError.Truncated, source, "the file ends before its content does. Download or copy the file again.");
}
