namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents a tensor whose numbers have not been read yet; offset and strides count numbers.</summary>
internal sealed record PickledTensor(PickledStorage Storage, long Offset, IReadOnlyList<long> Shape, IReadOnlyList<long> Strides);
