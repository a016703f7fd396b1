using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Names the data types of safetensors that stand for weights.</summary>
internal enum SafetensorsDataType
{
    F16,
    BF16,
    F32,
    F64,
    I64,
}

/// <summary>Converts between the bytes of a file, which are little-endian, and numbers.</summary>
internal static class SafetensorsDataTypes
{
    internal static int ByteSize(this SafetensorsDataType type) => type switch
    {
        SafetensorsDataType.F16 or SafetensorsDataType.BF16 => 2,
        SafetensorsDataType.F32 => 4,
        _ => 8,
    };

    internal static float[] ToSingles(this SafetensorsDataType type, ReadOnlySpan<byte> bytes)
    {
        if (type == SafetensorsDataType.F32 && BitConverter.IsLittleEndian)
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

    private static float ReadOne(SafetensorsDataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        SafetensorsDataType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        SafetensorsDataType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        SafetensorsDataType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        SafetensorsDataType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };
}
