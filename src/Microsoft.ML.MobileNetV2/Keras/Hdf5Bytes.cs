using System.Buffers.Binary;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Reads little-endian numbers of an HDF5 file; every address is checked.</summary>
internal sealed class Hdf5Bytes(byte[] content, string source)
{
    /// <summary>Specifies the address that means none.</summary>
    internal const long Undefined = -1;

    internal byte Byte(long address) => Slice(address, 1)[0];

    internal ushort UInt16(long address) => BinaryPrimitives.ReadUInt16LittleEndian(Slice(address, sizeof(ushort)));

    internal int Int32(long address) => BinaryPrimitives.ReadInt32LittleEndian(Slice(address, sizeof(int)));

    internal long Int64(long address) => BinaryPrimitives.ReadInt64LittleEndian(Slice(address, sizeof(long)));

    internal void SetByte(long address, byte value) => Slice(address, 1)[0] = value;

    internal void SetUInt16(long address, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(Slice(address, sizeof(ushort)), value);

    internal void SetInt32(long address, int value) => BinaryPrimitives.WriteInt32LittleEndian(Slice(address, sizeof(int)), value);

    internal void SetInt64(long address, long value) => BinaryPrimitives.WriteInt64LittleEndian(Slice(address, sizeof(long)), value);

    internal void RequireInside(long address, long length) => Slice(address, length);

    internal void RequireSignature(long address, ReadOnlySpan<byte> signature) =>
        Require(Slice(address, signature.Length).SequenceEqual(signature), "has an address that leads to something else");

    internal void Require(bool condition, string problem)
    {
        if (!condition)
        {
            throw new WeightsFormatException(
                WeightsFormatError.InvalidHeader,
                source,
                $"the HDF5 file {problem}. Download the file again, or save the weights anew with Keras' save_weights.");
        }
    }

    private Span<byte> Slice(long address, long length) => address >= 0 && length >= 0 && address <= content.Length && length <= content.Length - address
        ? content.AsSpan((int)address, (int)length)
        : throw new WeightsFormatException(
            WeightsFormatError.Truncated, source, "the HDF5 file has an address or a size that leads beyond its end. Download or copy the file again.");
}
