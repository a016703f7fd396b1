using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Finds damage inside of a JPEG's data, which decoders pass over: the Huffman codes are read to their end, and pixels are not computed.</summary>
internal ref struct JpegDamage
{
    /// <summary>No encoder writes so many; each costs a pass over the image.</summary>
    private const int MaxScans = 100;

    private const byte Marker = 0xff;
    private const byte HuffmanTables = 0xc4;
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;
    private const byte RestartInterval = 0xdd;

    private readonly ReadOnlySpan<byte> _file;
    private readonly JpegHuffmanTable?[] _dcTables = new JpegHuffmanTable?[4];
    private readonly JpegHuffmanTable?[] _acTables = new JpegHuffmanTable?[4];
    private JpegFrame? _frame;
    private int _restartInterval;
    private int _position = 2;
    private int _scans;

    private JpegDamage(ReadOnlySpan<byte> file) => _file = file;

    /// <summary>Returns what is wrong with the data; null where nothing is, or where the JPEG is of a kind that is not read.</summary>
    internal static string? Find(ReadOnlySpan<byte> file) => new JpegDamage(file).Find();

    private string? Find()
    {
        while (TryReadSegment(out byte marker, out ReadOnlySpan<byte> segment))
        {
            string? damage = marker switch
            {
                HuffmanTables => ReadTables(segment),
                RestartInterval => ReadInterval(segment),
                StartOfScan => ReadScan(segment),
                0xc0 or 0xc1 or 0xc2 => ReadFrame(marker, segment),
                _ => null,
            };
            if (damage is not null)
            {
                return damage;
            }

            if (marker == EndOfImage)
            {
                return null;
            }
        }

        return _scans == 0 || _frame is null ? null : "its data end without an end marker";
    }

    /// <summary>Reads to the next marker; everything between segments that is none is damage, and ends the reading.</summary>
    private bool TryReadSegment(out byte marker, out ReadOnlySpan<byte> segment)
    {
        marker = 0;
        segment = default;
        while (_position + 1 < _file.Length && _file[_position] == Marker && _file[_position + 1] == Marker)
        {
            _position++;
        }

        if (_position + 1 >= _file.Length || _file[_position] != Marker)
        {
            return false;
        }

        marker = _file[_position + 1];
        _position += 2;
        if (marker == EndOfImage)
        {
            return true;
        }

        ReadOnlySpan<byte> rest = _file[_position..];
        int length = rest.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(rest) : 0;
        if (length < 2 || length > rest.Length)
        {
            return false;
        }

        segment = rest[2..length];
        _position += length;
        return true;
    }

    private string? ReadFrame(byte marker, ReadOnlySpan<byte> segment)
    {
        _frame = JpegFrame.TryRead(segment, isProgressive: marker == 0xc2);
        return _frame is null ? "its frame header is wrong" : null;
    }

    private string? ReadInterval(ReadOnlySpan<byte> segment)
    {
        _restartInterval = segment.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(segment) : 0;
        return null;
    }

    private readonly string? ReadTables(ReadOnlySpan<byte> segment)
    {
        while (segment.Length > JpegHuffmanTable.CountLength)
        {
            ReadOnlySpan<byte> counts = segment.Slice(1, JpegHuffmanTable.CountLength);
            int total = 0;
            foreach (byte count in counts)
            {
                total += count;
            }

            int length = 1 + JpegHuffmanTable.CountLength + total;
            if (length > segment.Length || (segment[0] & 0xec) != 0)
            {
                return "a Huffman table is wrong";
            }

            JpegHuffmanTable?[] tables = (segment[0] & 0x10) == 0 ? _dcTables : _acTables;
            tables[segment[0] & 3] = JpegHuffmanTable.TryCreate(counts, segment[(1 + JpegHuffmanTable.CountLength)..length]);
            segment = segment[length..];
        }

        return null;
    }

    private string? ReadScan(ReadOnlySpan<byte> header)
    {
        if (_frame is null)
        {
            // Arithmetic coding, lossless and hierarchical JPEG: the decoder has its own word on them.
            _position = _file.Length;
            return null;
        }

        if (++_scans > MaxScans || header.Length < 4 || header.Length < 4 + (2 * header[0]))
        {
            return "a scan header is wrong, or there are too many";
        }

        ReadOnlySpan<byte> end = header[(1 + (2 * header[0]))..];
        JpegScan scan = new(new(_file[_position..]))
        {
            First = end[0],
            Last = Math.Min((int)end[1], 63),
            IsRefinement = end[2] >> 4 != 0,
            IsProgressive = _frame.IsProgressive,
        };
        List<JpegScanPart> parts = [];
        for (int i = 0; i < header[0]; i++)
        {
            int tables = header[2 + (2 * i)];
            if (_frame.Find(header[1 + (2 * i)]) is not { } component)
            {
                return "a scan header names an unknown component";
            }

            parts.Add(new(component, _dcTables[(tables >> 4) & 3], _acTables[tables & 3]));
        }

        bool isWhole = _frame.ReadScan(ref scan, parts, _restartInterval);
        _position += scan.Position;
        return isWhole ? null : "its data have a wrong code, end too early, or go on too long";
    }
}
