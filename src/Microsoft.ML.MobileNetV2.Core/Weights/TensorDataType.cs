using System.Diagnostics.CodeAnalysis;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the data type in which files store numbers.</summary>
public enum TensorDataType
{
    /// <summary>32-bit floating point, in which the network computes: nothing is lost.</summary>
    [SuppressMessage("Naming", "CA1720", Justification = "It is the name that numpy, PyTorch and ONNX have for it.")]
    Float32,

    /// <summary>16-bit floating point (IEEE 754 half): half the size, three significant decimal digits, magnitudes up to 65504.</summary>
    Float16,
}
