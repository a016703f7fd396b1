namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents a Huffman table of a JPEG: symbols by code, for codes of up to 16 bits.</summary>
internal sealed class JpegHuffmanTable
{
    internal const int CountLength = 16;

    private const int FastBits = 9;
    private const int Invalid = -1;

    private readonly byte[] _symbols;
    private readonly int[] _lastCode = new int[CountLength + 1];
    private readonly int[] _offset = new int[CountLength + 1];
    private readonly ushort[] _fast = new ushort[1 << FastBits];

    private JpegHuffmanTable(byte[] symbols) => _symbols = symbols;

    /// <summary>Returns the table; null where the counts do not make a code.</summary>
    /// <param name="counts">The number of codes of each length from 1 to 16.</param>
    /// <param name="symbols">The symbols in the order of their codes.</param>
    internal static JpegHuffmanTable? TryCreate(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        JpegHuffmanTable table = new(symbols.ToArray());
        int code = 0;
        int index = 0;
        for (int length = 1; length <= CountLength; length++)
        {
            int count = counts[length - 1];
            table._offset[length] = index - code;
            table.FillFast(length, code, index, count);
            code += count;
            index += count;
            table._lastCode[length] = count == 0 ? Invalid : code - 1;
            if (code > 1 << length)
            {
                return null;
            }

            code <<= 1;
        }

        return table;
    }

    /// <summary>Returns the next symbol; negative where no code fits.</summary>
    internal int Decode(ref JpegBits bits)
    {
        ushort fast = _fast[bits.Peek(FastBits)];
        if (fast != 0)
        {
            bits.Skip(fast >> 8);
            return fast & 0xff;
        }

        int code = bits.Peek(CountLength);
        for (int length = FastBits + 1; length <= CountLength; length++)
        {
            int start = code >> (CountLength - length);
            if (start <= _lastCode[length])
            {
                bits.Skip(length);
                return _symbols[start + _offset[length]];
            }
        }

        return Invalid;
    }

    private void FillFast(int length, int code, int index, int count)
    {
        for (int i = 0; length <= FastBits && i < count; i++)
        {
            int first = (code + i) << (FastBits - length);
            if (first + (1 << (FastBits - length)) <= _fast.Length)
            {
                _fast.AsSpan(first, 1 << (FastBits - length)).Fill((ushort)((length << 8) | _symbols[index + i]));
            }
        }
    }
}
