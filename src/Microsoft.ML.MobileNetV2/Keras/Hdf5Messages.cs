namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Checks the messages that describe one object of an HDF5 file: a group or a run of numbers.</summary>
/// <param name="bytes">The file.</param>
/// <param name="visit">Notes the address of a part.</param>
/// <param name="checkGroup">Checks a group, given the addresses of its tree and of its names.</param>
internal sealed class Hdf5Messages(Hdf5Bytes bytes, Action<long> visit, Action<long, long> checkGroup)
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
    private readonly Stack<(long Address, long Length)> _blocks = [];

    internal void Check(long address, long length)
    {
        _blocks.Push((address, length));
        while (_blocks.TryPop(out (long Address, long Length) block))
        {
            CheckBlock(block.Address, block.Length);
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
        switch (type)
        {
            case Dataspace:
                Require(message, length, 8);
                CheckShape(message, data, length);
                break;
            case DataType:
                Require(message, length, 8);
                Require(message, length, 8 + PropertyLength(bytes.Byte(data) & 0x0f));
                break;
            case Layout:
                Require(message, length, 18);
                CheckLayout(data);
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
            case ExternalFiles or Filters:
                bytes.Require(false, "keeps numbers compressed, or in other files, which is not read (h5repack -l CONTI -f NONE writes it plainly)");
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

    /// <summary>Only numbers in one run pass: chunks come with compression, which Keras does not use.</summary>
    private void CheckLayout(long data)
    {
        const int Contiguous = 1;
        bytes.Require(bytes.Byte(data) == 3 && bytes.Byte(data + 1) == Contiguous, "keeps numbers in chunks or in another way that is not read (h5repack -l CONTI -f NONE writes it plainly)");
        bytes.RequireInside(bytes.Int64(data + 2), bytes.Int64(data + 10));
    }
}
