namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the blocks of one scan of a JPEG, without computing pixels, to find whether its data are whole.</summary>
/// <param name="bits">The entropy-coded data.</param>
internal ref struct JpegScan(JpegBits bits)
{
    private const int LastCoefficient = 63;
    private const int MaxDcLength = 16;
    private const int ZeroRun = 15;

    private JpegBits _bits = bits;
    private int _endOfBandRun;

    /// <summary>Gets the first coefficient of the scan.</summary>
    internal int First { get; init; }

    /// <summary>Gets the last coefficient of the scan.</summary>
    internal int Last { get; init; }

    /// <summary>Gets a value indicating whether the scan adds a bit to coefficients of an earlier one.</summary>
    internal bool IsRefinement { get; init; }

    internal bool IsProgressive { get; init; }

    internal readonly int Position => _bits.Position;

    /// <summary>Reads a block.</summary>
    /// <param name="dc">The table of the first coefficient; null where the scan has none.</param>
    /// <param name="ac">The table of the others; null where the scan has none.</param>
    /// <param name="nonZero">The coefficients of the block that are not 0; null where the JPEG is not progressive.</param>
    /// <returns>Whether the data make a block.</returns>
    internal bool ReadBlock(JpegHuffmanTable? dc, JpegHuffmanTable? ac, ref ulong nonZero)
    {
        bool isRead = IsProgressive ? ReadProgressive(dc, ac, ref nonZero) : ReadDc(dc) && ReadSequential(ac);
        return isRead && !_bits.IsPastEnd;
    }

    /// <summary>Ends a part of the scan, and returns whether nothing is left of it.</summary>
    internal bool EndSegment()
    {
        bool isWhole = _endOfBandRun == 0 && _bits.EndSegment();
        _endOfBandRun = 0;
        return isWhole;
    }

    internal bool TryPassRestart(int number) => _bits.TryPassRestart(number);

    private bool ReadProgressive(JpegHuffmanTable? dc, JpegHuffmanTable? ac, ref ulong nonZero)
    {
        if (First == 0)
        {
            return IsRefinement ? SkipBit() : ReadDc(dc);
        }

        return ac is not null && (IsRefinement ? Refine(ac, ref nonZero) : ReadBand(ac, ref nonZero));
    }

    private bool SkipBit()
    {
        _bits.Skip(1);
        return true;
    }

    private bool ReadDc(JpegHuffmanTable? table)
    {
        int length = table is null ? -1 : table.Decode(ref _bits);
        if (length is < 0 or > MaxDcLength)
        {
            return false;
        }

        _bits.Skip(length);
        return true;
    }

    private bool ReadSequential(JpegHuffmanTable? table)
    {
        int index = 1;
        while (table is not null && index <= LastCoefficient)
        {
            int symbol = table.Decode(ref _bits);
            (int run, int length) = (symbol >> 4, symbol & 15);
            if (symbol < 0 || symbol == 0)
            {
                return symbol == 0;
            }

            index += run + 1;
            _bits.Skip(length);
        }

        return table is not null && index == LastCoefficient + 1;
    }

    private bool ReadBand(JpegHuffmanTable table, ref ulong nonZero)
    {
        if (_endOfBandRun > 0)
        {
            _endOfBandRun--;
            return true;
        }

        for (int index = First; index <= Last; index++)
        {
            int symbol = table.Decode(ref _bits);
            (int run, int length) = (symbol >> 4, symbol & 15);
            if (symbol < 0)
            {
                return false;
            }

            if (length == 0 && run != ZeroRun)
            {
                _endOfBandRun = (1 << run) + _bits.Read(run) - 1;
                return true;
            }

            index += run;
            if (index > Last)
            {
                return false;
            }

            nonZero |= length == 0 ? 0 : 1ul << index;
            _bits.Skip(length);
        }

        return true;
    }

    private bool Refine(JpegHuffmanTable table, ref ulong nonZero)
    {
        int index = First;
        while (_endOfBandRun == 0 && index <= Last)
        {
            int symbol = table.Decode(ref _bits);
            (int run, int length) = (symbol >> 4, symbol & 15);
            if (symbol < 0 || length > 1)
            {
                return false;
            }

            if (length == 0 && run != ZeroRun)
            {
                _endOfBandRun = (1 << run) + _bits.Read(run);
                break;
            }

            _bits.Skip(length);
            index = PassZeros(index, run, nonZero);
            if (length == 1 && index <= Last)
            {
                nonZero |= 1ul << index;
            }

            index++;
        }

        if (_endOfBandRun > 0)
        {
            PassZeros(index, int.MaxValue, nonZero);
            _endOfBandRun--;
        }

        return true;
    }

    /// <summary>Passes coefficients that are 0, and reads a bit for each other one between them; returns the index of the next that is 0.</summary>
    private int PassZeros(int index, int zeros, ulong nonZero)
    {
        for (; index <= Last; index++)
        {
            if ((nonZero >> index & 1) != 0)
            {
                _bits.Skip(1);
            }
            else if (--zeros < 0)
            {
                break;
            }
        }

        return index;
    }
}
