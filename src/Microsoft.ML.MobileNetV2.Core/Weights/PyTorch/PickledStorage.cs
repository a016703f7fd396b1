namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the storage of a tensor's numbers, which a file keeps under a key outside the pickle.</summary>
/// <param name="DataType">The type of the numbers; null where no weight has it, as for masks and states of random numbers.</param>
/// <param name="ByteSize">Bytes of one number.</param>
/// <param name="Key">Name of the storage in the file.</param>
/// <param name="Length">Count of numbers.</param>
internal sealed record PickledStorage(FileDataType? DataType, int ByteSize, string Key, long Length);
