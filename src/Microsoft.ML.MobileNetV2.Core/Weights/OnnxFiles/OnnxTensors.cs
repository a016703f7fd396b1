using Microsoft.ML.MobileNetV2.OnnxFormat;
using DataType = Microsoft.ML.MobileNetV2.OnnxFormat.TensorProto.Types.DataType;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Converts the tensors of ONNX files; sizes are checked before memory is taken.</summary>
internal static class OnnxTensors
{
    private const int ExternalLocation = 1;

    internal static WeightTensor ToWeights(TensorProto tensor, string source)
    {
        if (tensor.DataLocation == ExternalLocation)
        {
            throw new WeightsFormatException(
                WeightsFormatError.MissingTensor,
                source,
                $"tensor '{tensor.Name}' lies in another file, which is not followed. Export the model into a single file.");
        }

        float[] values = (DataType)tensor.DataType switch
        {
            DataType.Float when tensor.RawData.IsEmpty => [.. tensor.FloatData],
            DataType.Double when tensor.RawData.IsEmpty => [.. tensor.DoubleData.Select(value => (float)value)],
            DataType.Float => FromBytes(FileDataType.F32, tensor, source),
            DataType.Float16 => FromBytes(FileDataType.F16, tensor, source),
            DataType.Bfloat16 => FromBytes(FileDataType.BF16, tensor, source),
            DataType.Double => FromBytes(FileDataType.F64, tensor, source),
            DataType other => throw new WeightsFormatException(
                WeightsFormatError.UnsupportedDataType,
                source,
                $"tensor '{tensor.Name}' has ONNX data type {other}; expected Float, Float16, Bfloat16 or Double. Quantized models are not read."),
        };
        return new(Shape(tensor, values.Length, source), values);
    }

    /// <summary>Returns the whole numbers of a tensor; empty where it has none.</summary>
    internal static IReadOnlyList<long> ToIntegers(TensorProto tensor) => (DataType)tensor.DataType switch
    {
        DataType.Int64 when tensor.RawData.IsEmpty => tensor.Int64Data,
        DataType.Int64 => FromBytes(tensor.RawData.Span, sizeof(long), bytes => BitConverter.ToInt64(bytes)),
        DataType.Int32 when tensor.RawData.IsEmpty => [.. tensor.Int32Data.Select(value => (long)value)],
        DataType.Int32 => FromBytes(tensor.RawData.Span, sizeof(int), bytes => BitConverter.ToInt32(bytes)),
        _ => [],
    };

    internal static bool HoldsIntegers(TensorProto tensor) => (DataType)tensor.DataType is DataType.Int64 or DataType.Int32;

    private static long[] FromBytes(ReadOnlySpan<byte> bytes, int size, Func<ReadOnlySpan<byte>, long> read)
    {
        long[] numbers = new long[bytes.Length % size == 0 ? bytes.Length / size : 0];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(bytes[(i * size)..]);
        }

        return numbers;
    }

    private static float[] FromBytes(FileDataType type, TensorProto tensor, string source) => tensor.RawData.Length % type.ByteSize() == 0
        ? type.ToSingles(tensor.RawData.Span)
        : throw SizeMismatch(tensor, source);

    private static int[] Shape(TensorProto tensor, int count, string source)
    {
        Int128 product = 1;
        foreach (long dimension in tensor.Dims)
        {
            product = dimension is < 0 or > int.MaxValue || product > int.MaxValue ? -1 : product * dimension;
        }

        return product == count ? [.. tensor.Dims.Select(dimension => (int)dimension)] : throw SizeMismatch(tensor, source);
    }

    private static WeightsFormatException SizeMismatch(TensorProto tensor, string source) => new(
        WeightsFormatError.SizeMismatch, source, $"tensor '{tensor.Name}' of shape {WeightTensor.Describe(tensor.Dims)} does not fit its data.");
}
