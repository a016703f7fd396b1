namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the bits of a JPEG's entropy-coded data, up to the next marker.</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data)
{
    private const byte Marker = 0xff;

    private readonly ReadOnlySpan<byte> _data = data;
    private ulong _bits;
    private int _count;
    private int _missing;

    /// <summary>Gets the position of the next byte that is not read.</summary>
    internal int Position { get; private set; }

    /// <summary>Gets a value indicating whether bits were used that the data do not have.</summary>
    internal readonly bool IsPastEnd => _count < _missing;

    /// <summary>Returns the next bits, at most 16, without using them up; zeros after the end.</summary>
    internal int Peek(int count)
    {
        while (_count < count)
        {
            _bits = (_bits << 8) | NextByte();
            _count += 8;
        }

        return (int)((_bits >> (_count - count)) & ((1u << count) - 1));
    }

    internal void Skip(int count)
    {
        if (count > 0)
        {
            Peek(count);
            _count -= count;
        }
    }

    internal int Read(int count)
    {
        int value = count == 0 ? 0 : Peek(count);
        _count -= count;
        return value;
    }

    /// <summary>Drops the bits that fill the last byte, and returns whether nothing but them was left before the marker.</summary>
    internal bool EndSegment()
    {
        bool isWhole = !IsPastEnd && _count - _missing < 8 && IsAtMarker();
        (_bits, _count, _missing) = (0, 0, 0);
        return isWhole;
    }

    /// <summary>Returns whether a restart marker of the given number is next, and passes it.</summary>
    internal bool TryPassRestart(int number)
    {
        const byte FirstRestart = 0xd0;
        while (Position + 2 < _data.Length && _data[Position] == Marker && _data[Position + 1] == Marker)
        {
            Position++;
        }

        if (Position + 1 < _data.Length && _data[Position] == Marker && _data[Position + 1] == FirstRestart + number)
        {
            Position += 2;
            return true;
        }

        return false;
    }

    private readonly bool IsAtMarker() => Position >= _data.Length || (_data[Position] == Marker && (Position + 1 >= _data.Length || _data[Position + 1] != 0));

    private byte NextByte()
    {
        if (IsAtMarker())
        {
            _missing += 8;
            return 0;
        }

        // A zero after 0xff says that it is no marker.
        byte next = _data[Position];
        Position += next == Marker ? 2 : 1;
        return next;
    }
}
