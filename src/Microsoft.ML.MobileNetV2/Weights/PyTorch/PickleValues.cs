namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Is a name of Python's that a pickle refers to; it stands for itself and is never looked up.</summary>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>Is the place of a tensor's numbers: a run of them under a key, kept beside the pickle.</summary>
internal sealed record PickledStorage(TensorDataType DataType, string Key, long Length);

/// <summary>Is a tensor whose numbers have not been read yet; offset and strides count numbers.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides);
