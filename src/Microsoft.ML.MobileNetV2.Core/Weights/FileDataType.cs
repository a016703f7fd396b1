namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Specifies the data type that weights are stored in; the names are those of safetensors.</summary>
internal enum FileDataType
{
    F16,
    BF16,
    F32,
    F64,
    I64,
}
