using System.Buffers.Binary;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents the description that ML.NET writes for a saved transformer: the name of its loader, the texts in it, and its first numbers.</summary>
/// <param name="Loader">The name under which ML.NET finds the loader.</param>
/// <param name="Texts">The texts that the transformer wrote, column names among them.</param>
/// <param name="Numbers">The first numbers that it wrote; the index of a text stands for the text.</param>
internal sealed record ModelKey(string Loader, IReadOnlyList<string> Texts, IReadOnlyList<int> Numbers)
{
    /// <summary>The name of the entry.</summary>
    internal const string EntryName = "Model.key";

    internal const int HeaderLength = 0x100;

    // Positions in the header: where content, ends of texts and texts begin, each followed by its length.
    private const int ContentOffset = 0x10;
    private const int EndsOffset = 0x20;
    private const int TextsOffset = 0x30;
    private const int LoaderOffset = 0x50;
    private const int LoaderLength = 24;

    private const int MaxNumbersLength = 1 << 12;
    private const int MaxTextsLength = 1 << 20;

    private static ReadOnlySpan<byte> Signature => "ML\0MODEL"u8;

    /// <summary>Returns whether an entry begins as a description does.</summary>
    internal static bool IsHeader(ReadOnlySpan<byte> start) => start.Length >= HeaderLength && start.StartsWith(Signature);

    internal static string LoaderIn(ReadOnlySpan<byte> header) => Encoding.ASCII.GetString(header.Slice(LoaderOffset, LoaderLength)).TrimEnd('\0');

    internal static long ContentStartIn(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[ContentOffset..]);

    /// <summary>Reads a description, of which only texts and first numbers come into memory.</summary>
    /// <returns>Null where it is not as ML.NET writes it, or has more texts than columns have names.</returns>
    internal static ModelKey? TryRead(Stream stream)
    {
        byte[] header = new byte[HeaderLength];
        if (stream.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) < HeaderLength || !IsHeader(header))
        {
            return null;
        }

        ForwardReader reader = new(stream, HeaderLength);
        (long start, long length) = Section(header, ContentOffset);
        return reader.TryRead(start, Math.Min(length, MaxNumbersLength)) is { } numbers &&
            TryReadTexts(reader, Section(header, EndsOffset), Section(header, TextsOffset)) is { } texts
                ? new(LoaderIn(header), texts, ToNumbers(numbers))
                : null;
    }

    private static (long Start, long Length) Section(ReadOnlySpan<byte> header, int offset) =>
        (BinaryPrimitives.ReadInt64LittleEndian(header[offset..]), BinaryPrimitives.ReadInt64LittleEndian(header[(offset + sizeof(long))..]));

    private static int[] ToNumbers(byte[] content)
    {
        int[] numbers = new int[content.Length / sizeof(int)];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt32LittleEndian(content.AsSpan(i * sizeof(int)));
        }

        return numbers;
    }

    private static string[]? TryReadTexts(ForwardReader reader, (long Start, long Length) ends, (long Start, long Length) texts)
    {
        if (ends.Length == 0)
        {
            return [];
        }

        if (ends.Length > MaxTextsLength || texts.Length > MaxTextsLength ||
            reader.TryRead(ends.Start, ends.Length) is not { } endBytes || reader.TryRead(texts.Start, texts.Length) is not { } textBytes)
        {
            return null;
        }

        string[] result = new string[endBytes.Length / sizeof(long)];
        long start = 0;
        for (int i = 0; i < result.Length; i++)
        {
            long end = BinaryPrimitives.ReadInt64LittleEndian(endBytes.AsSpan(i * sizeof(long)));
            if (end < start || end > textBytes.Length)
            {
                return null;
            }

            result[i] = Encoding.Unicode.GetString(textBytes, (int)start, (int)(end - start));
            start = end;
        }

        return result;
    }

    /// <summary>Reads sections of a stream that cannot seek, in their order.</summary>
    private sealed class ForwardReader(Stream stream, long position)
    {
        private readonly byte[] _skipped = new byte[MaxNumbersLength];
        private long _position = position;

        /// <summary>Returns null where the section lies before what was read, or ends behind the stream.</summary>
        internal byte[]? TryRead(long start, long length)
        {
            if (start < _position || length < 0 || !TrySkip(start - _position))
            {
                return null;
            }

            byte[] section = new byte[length];
            _position = start + length;
            return stream.ReadAtLeast(section, section.Length, throwOnEndOfStream: false) == section.Length ? section : null;
        }

        private bool TrySkip(long count)
        {
            while (count > 0)
            {
                int read = stream.Read(_skipped, 0, (int)Math.Min(count, _skipped.Length));
                if (read == 0)
                {
                    return false;
                }

                count -= read;
            }

            return true;
        }
    }
}
