namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Is one tensor of the network: its name in a file, the name that this library has for it (torchvision's), and its layout in the file.</summary>
internal readonly record struct NamedTensor(string FileName, string Name, TensorLayout Layout = TensorLayout.Torch);
