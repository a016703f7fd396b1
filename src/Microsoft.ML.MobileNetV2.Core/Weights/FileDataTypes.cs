using System.Buffers.Binary;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Converts between the bytes of a file, which are little-endian, and numbers.</summary>
internal static class FileDataTypes
{
    internal static int ByteSize(this FileDataType type) => type switch
    {
        FileDataType.F16 or FileDataType.BF16 => 2,
        FileDataType.F32 => 4,
        _ => 8,
    };

    internal static float[] ToSingles(this FileDataType type, ReadOnlySpan<byte> bytes)
    {
        float[] values = GC.AllocateUninitializedArray<float>(bytes.Length / type.ByteSize());
        if (!BitConverter.IsLittleEndian || !TryConvert(type, bytes, values))
        {
            for (int i = 0; i < values.Length; i++)
            {
                values[i] = ReadOne(type, bytes[(i * type.ByteSize())..]);
            }
        }

        return values;
    }

    /// <summary>Writes numbers; those that the type cannot hold become infinite, and others are rounded to the nearest.</summary>
    /// <param name="type">The data type: <see cref="FileDataType.F32"/> or <see cref="FileDataType.F16"/>.</param>
    /// <param name="values">The numbers.</param>
    internal static byte[] ToBytes(this FileDataType type, ReadOnlySpan<float> values)
    {
        byte[] bytes = new byte[values.Length * type.ByteSize()];
        for (int i = 0; i < values.Length; i++)
        {
            Span<byte> place = bytes.AsSpan(i * type.ByteSize());
            if (type == FileDataType.F16)
            {
                BinaryPrimitives.WriteHalfLittleEndian(place, (Half)values[i]);
            }
            else
            {
                BinaryPrimitives.WriteSingleLittleEndian(place, values[i]);
            }
        }

        return bytes;
    }

    /// <summary>Converts the types of large files many numbers at a time.</summary>
    private static bool TryConvert(FileDataType type, ReadOnlySpan<byte> bytes, float[] values)
    {
        switch (type)
        {
            case FileDataType.F32:
                MemoryMarshal.Cast<byte, float>(bytes).CopyTo(values);
                return true;
            case FileDataType.F16:
                TensorPrimitives.ConvertToSingle(MemoryMarshal.Cast<byte, Half>(bytes), values);
                return true;
            default:
                return false;
        }
    }

    private static float ReadOne(FileDataType type, ReadOnlySpan<byte> bytes) => type switch
    {
        FileDataType.F16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        FileDataType.BF16 => BitConverter.UInt32BitsToSingle((uint)BinaryPrimitives.ReadUInt16LittleEndian(bytes) << 16),
        FileDataType.F32 => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        FileDataType.F64 => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        _ => BinaryPrimitives.ReadInt64LittleEndian(bytes),
    };
}
