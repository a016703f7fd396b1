namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the numbers of pickled tensors; sizes and strides are checked against the storage before memory is taken.</summary>
/// <param name="readStorage">Returns the bytes of a storage, as many as it claims, or throws.</param>
/// <param name="maxBytes">The most bytes that all tensors together may have.</param>
/// <param name="source">Name of the file, for messages.</param>
internal sealed class TorchTensorReader(Func<PickledStorage, byte[]> readStorage, long maxBytes, string source)
{
    private long _bytesLeft = maxBytes;

    /// <summary>Reads the tensors of a state dict; those of a type that no weight has, such as masks, are left out.</summary>
    internal Checkpoint Read(Dictionary<string, PickledTensor> tensors)
    {
        Dictionary<string, WeightTensor> read = new(StringComparer.Ordinal);
        foreach ((string name, PickledTensor tensor) in tensors)
        {
            if (tensor.Storage.DataType is { } type)
            {
                read.Add(name, Read(name, tensor, type));
            }
        }

        return new(source, read, new Dictionary<string, string>());
    }

    private WeightTensor Read(string name, PickledTensor tensor, FileDataType type)
    {
        int count = CheckSize(name, tensor);
        float[] storage = type.ToSingles(readStorage(tensor.Storage));
        int[] shape = [.. tensor.Shape.Select(dimension => (int)dimension)];
        float[] values = IsWhole(tensor, count) ? storage : Gather(storage, tensor, count);
        return new(shape, values);
    }

    private int CheckSize(string name, PickledTensor tensor)
    {
        PickledStorage storage = tensor.Storage;
        _bytesLeft -= Math.Min(storage.Length, long.MaxValue / 16) * storage.ByteSize;
        Int128 count = Product(tensor.Shape);

        // A stride of 0 would make many numbers out of one: no weight is stored so.
        bool fits = _bytesLeft >= 0 && storage.Length <= Array.MaxLength / sizeof(double) && count <= storage.Length && IsInside(tensor, count);
        return fits ? (int)count : throw SizeMismatch(name, tensor);
    }

    private static bool IsInside(PickledTensor tensor, Int128 count)
    {
        long length = tensor.Storage.Length;
        bool isRegular = tensor.Shape.Count == tensor.Strides.Count
            && tensor.Offset >= 0
            && tensor.Offset <= length
            && tensor.Shape.All(dimension => dimension >= 0);
        if (!isRegular || count == 0)
        {
            return isRegular;
        }

        // A dimension of 1 takes no step, whatever its stride is.
        (long Dimension, long Stride)[] steps = [.. tensor.Shape.Zip(tensor.Strides).Where(step => step.First > 1)];
        return Array.TrueForAll(steps, step => step.Stride >= 0 && step.Stride <= length)
            && steps.Aggregate((Int128)tensor.Offset, (last, step) => last + (Int128)(step.Dimension - 1) * step.Stride) < length;
    }

    private static Int128 Product(IReadOnlyList<long> shape)
    {
        Int128 product = 1;
        foreach (long dimension in shape)
        {
            // Beyond what fits a file the exact product is of no interest, but it must not overflow; a later 0 still counts.
            product = dimension == 0 ? 0 : Int128.Min(product, long.MaxValue) * dimension;
        }

        return product;
    }

    private static bool IsWhole(PickledTensor tensor, int count)
    {
        if (tensor.Offset != 0 || tensor.Storage.Length != count)
        {
            return false;
        }

        long stride = 1;
        for (int i = tensor.Shape.Count - 1; i >= 0; i--)
        {
            if (tensor.Shape[i] != 1 && tensor.Strides[i] != stride)
            {
                return false;
            }

            stride *= tensor.Shape[i];
        }

        return true;
    }

    private static float[] Gather(float[] storage, PickledTensor tensor, int count)
    {
        float[] values = new float[count];
        long[] index = new long[tensor.Shape.Count];
        for (int i = 0; i < count; i++)
        {
            long position = tensor.Offset;
            for (int dimension = 0; dimension < index.Length; dimension++)
            {
                // The index of a dimension of 1 is 0, whatever its stride is.
                position += index[dimension] * tensor.Strides[dimension];
            }

            values[i] = storage[position];
            Advance(index, tensor.Shape);
        }

        return values;
    }

    private static void Advance(long[] index, IReadOnlyList<long> shape)
    {
        for (int dimension = index.Length - 1; dimension >= 0 && ++index[dimension] == shape[dimension]; dimension--)
        {
            index[dimension] = 0;
        }
    }

    private WeightsFormatException SizeMismatch(string name, PickledTensor tensor) => new(
        WeightsFormatError.SizeMismatch,
        source,
        $"tensor '{name}' of shape {WeightTensor.Describe(tensor.Shape)} with strides {WeightTensor.Describe(tensor.Strides)} from {tensor.Offset} " +
        $"does not fit its storage '{tensor.Storage.Key}' of {tensor.Storage.Length} numbers, or that storage does not fit the file.");
}
