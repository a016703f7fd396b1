using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Converts between the bytes of a file, which are little-endian, and numbers.</summary>
internal static class TensorDataTypes
{
    internal static int ByteSize(this TensorDataType type) => type switch
    {
        TensorDataType.F16 or TensorDataType.BF16 => 2,
        TensorDataType.F32 => 4,
        _ => 8,
    };

    internal static float[] ToSingles(this TensorDataType type, ReadOnlySpan<byte> bytes)
    {
        if (type == TensorDataType.F32 && BitConverter.IsLittleEndian)
        {
            return MemoryMarshal.Cast<byte, float>(bytes).ToArray();
        }

        float[] values = new float[bytes.Length / type.ByteSize()];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = ReadOne(type, bytes[(i * type.ByteSize())..]);
        }

        return values;
    }

    private static float ReadOne(TensorDataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        TensorDataType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        TensorDataType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        TensorDataType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        TensorDataType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };
}
