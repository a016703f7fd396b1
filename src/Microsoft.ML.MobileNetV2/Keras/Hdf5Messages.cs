namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Checks the messages that describe one object of an HDF5 file: a group or a run of numbers.</summary>
/// <param name="bytes">The file.</param>
/// <param name="visit">Notes the address of a part.</param>
/// <param name="checkGroup">Checks a group, given the addresses of its tree and of its names.</param>
/// <param name="checkChunks">Checks numbers in chunks, given the addresses of their layout and shape, the length of a value, and the filters.</param>
internal sealed class Hdf5Messages(
    Hdf5Bytes bytes, Action<long> visit, Action<long, long> checkGroup, Action<long, long, int, IReadOnlyList<Hdf5Filter>> checkChunks)
{
    private const ushort Nothing = 0x00;
    private const ushort Dataspace = 0x01;
    private const ushort DataType = 0x03;
    private const ushort ExternalFiles = 0x07;
    private const ushort Layout = 0x08;
    private const ushort Filters = 0x0B;
    private const ushort Continuation = 0x10;
    private const ushort SymbolTable = 0x11;
    private const int HeaderLength = 8;
    private const int SharedFlag = 2;
    private const int Contiguous = 1;
    private const int Chunked = 2;
    private readonly Stack<(long Address, long Length)> _blocks = [];
    private readonly HashSet<ushort> _types = [];
    private long _shape;
    private int _valueLength;
    private long _chunkedLayout;
    private IReadOnlyList<Hdf5Filter> _filters = [];

    internal void Check(long address, long length)
    {
        _blocks.Push((address, length));
        while (_blocks.TryPop(out (long Address, long Length) block))
        {
            CheckBlock(block.Address, block.Length);
        }

        if (_chunkedLayout > 0)
        {
            bytes.Require(_shape > 0 && _valueLength > 0, "has numbers without a shape or a type");
            checkChunks(_chunkedLayout, _shape, _valueLength, _filters);
        }
    }

    private void CheckBlock(long address, long length)
    {
        bytes.RequireInside(address, length);
        long end = address + length;
        while (end - address >= HeaderLength)
        {
            long dataLength = bytes.UInt16(address + 2);
            bytes.Require(dataLength <= end - address - HeaderLength, "has a description that is longer than its place");
            CheckMessage(address, address + HeaderLength, dataLength);
            address += HeaderLength + dataLength;
        }

        // The library would take what is left for one more message.
        bytes.Require(address == end, "has a description that does not fill its place");
    }

    private void CheckMessage(long message, long data, long length)
    {
        ushort type = bytes.UInt16(message);
        bytes.Require(type is not (Dataspace or DataType or Layout or Filters) || _types.Add(type), "describes numbers twice");
        switch (type)
        {
            case Dataspace:
                Require(message, length, 8);
                CheckShape(message, data, length);
                _shape = data;
                break;
            case DataType:
                Require(message, length, 8);
                Require(message, length, 8 + PropertyLength(bytes.Byte(data) & 0x0f));
                _valueLength = bytes.Int32(data + 4);
                break;
            case Layout:
                Require(message, length, 18);
                CheckLayout(message, data, length);
                break;
            case Continuation:
                Require(message, length, 16);
                visit(bytes.Int64(data));
                _blocks.Push((bytes.Int64(data), bytes.Int64(data + 8)));
                break;
            case SymbolTable:
                Require(message, length, 16);
                checkGroup(bytes.Int64(data), bytes.Int64(data + 8));
                break;
            case Filters:
                Require(message, length, 2);
                _filters = Hdf5Filters.Read(bytes, data, length);
                bytes.SetUInt16(message, Nothing);
                break;
            case ExternalFiles:
                bytes.Require(false, "keeps numbers in other files, which are not read (h5repack writes them into one)");
                break;
            default:
                bytes.SetUInt16(message, Nothing);
                break;
        }
    }

    private void Require(long message, long length, long needed)
    {
        const int Flags = 4;
        bytes.Require(length >= needed && (bytes.Byte(message + Flags) & SharedFlag) == 0, "has a description that is too short or kept elsewhere");
    }

    private void CheckShape(long message, long data, long length)
    {
        int rank = bytes.Byte(data + 1);
        int runs = bytes.Byte(data + 2) + 1;
        bytes.Require(bytes.Byte(data) == 1 && rank <= 8 && runs <= 2, "has a shape of an unknown kind");
        Require(message, length, 8 + 8L * rank * runs);
    }

    /// <summary>Returns the bytes that describe whole numbers, floating point and text beyond what all types have.</summary>
    private int PropertyLength(int dataTypeClass)
    {
        bytes.Require(dataTypeClass is 0 or 1 or 3, "has values that are neither numbers nor text");
        return dataTypeClass switch
        {
            0 => 4,
            1 => 12,
            _ => 0,
        };
    }

    private void CheckLayout(long message, long data, long length)
    {
        const int ChunkedLength = 11;
        int kind = bytes.Byte(data + 1);
        bytes.Require(bytes.Byte(data) == 3 && kind is Contiguous or Chunked, "keeps numbers in a way that is not read (h5repack -l CONTI -f NONE writes them plainly)");
        if (kind == Chunked)
        {
            Require(message, length, ChunkedLength + sizeof(int) * bytes.Byte(data + 2));
            _chunkedLayout = data;
        }
        else
        {
            bytes.RequireInside(bytes.Int64(data + 2), bytes.Int64(data + 10));
        }
    }
}
