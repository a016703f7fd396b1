namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents an object of Python's that a pickle describes and that is of no use for weights. It stays closed: nothing of it is built or called.</summary>
/// <param name="Type">What the object would be.</param>
internal sealed record PickledObject(string Type);
