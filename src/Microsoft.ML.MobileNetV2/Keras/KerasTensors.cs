using Microsoft.ML.MobileNetV2.Weights;
using PureHDF;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Reads the numbers of HDF5 datasets; sizes are checked against the file before memory is taken.</summary>
internal sealed class KerasTensors(long fileLength, string source)
{
    private long _bytesLeft = fileLength;

    internal void Add(Dictionary<string, WeightTensor> tensors, string name, IH5Dataset dataset)
    {
        // The states of Keras 3's random generators, beside the weights.
        if (dataset.Type.Class == H5DataTypeClass.FixedPoint && name.Contains("/vars/", StringComparison.Ordinal))
        {
            return;
        }

        if (dataset.Type.Class != H5DataTypeClass.FloatingPoint || dataset.Type.Size is not (sizeof(float) or sizeof(double)))
        {
            throw new WeightsFormatException(
                WeightsFormatError.UnsupportedDataType,
                source,
                $"tensor '{name}' holds {dataset.Type.Class} of {dataset.Type.Size} bytes; expected floating point of 4 or 8 bytes.");
        }

        ulong[] dimensions = dataset.Space.Dimensions;
        Int128 count = 1;
        foreach (ulong dimension in dimensions)
        {
            count = count > int.MaxValue ? count : count * dimension;
        }

        // Numbers of different tensors may not be the same bytes, so together they are no more than the file.
        Int128 length = count * dataset.Type.Size;
        if (length > _bytesLeft)
        {
            throw new WeightsFormatException(
                WeightsFormatError.SizeMismatch, source, $"tensor '{name}' of shape {WeightTensor.Describe(dimensions)} does not fit the file.");
        }

        _bytesLeft -= (long)length;
        WeightTensor tensor = new([.. dimensions.Select(dimension => (int)dimension)], ReadNumbers(dataset));
        if (!tensors.TryAdd(name, tensor))
        {
            throw new WeightsFormatException(WeightsFormatError.UnexpectedTensor, source, $"it has two tensors '{name}'.");
        }
    }

    internal WeightsFormatException Unexpected(string name) =>
        new(WeightsFormatError.InvalidHeader, source, $"the HDF5 file has '{name}', which is neither a group nor numbers, or lies too deep.");

    private static float[] ReadNumbers(IH5Dataset dataset) => dataset.Type.Size == sizeof(float)
        ? dataset.Read<float[]>()
        : Array.ConvertAll(dataset.Read<double[]>(), value => (float)value);
}
