namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the storage of a tensor's numbers, which a file keeps under a key outside the pickle.</summary>
internal sealed record PickledStorage(FileDataType DataType, string Key, long Length);
