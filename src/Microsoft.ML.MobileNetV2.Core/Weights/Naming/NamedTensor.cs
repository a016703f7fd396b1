namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents one tensor of the network: its name in a file, its name in this library (torchvision's), and its layout in the file.</summary>
internal readonly record struct NamedTensor(string FileName, string Name, TensorLayout Layout = TensorLayout.Torch);
