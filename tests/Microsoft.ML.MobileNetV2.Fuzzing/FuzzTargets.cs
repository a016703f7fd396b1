namespace Microsoft.ML.MobileNetV2.Fuzzing;

/// <summary>Lists the parsers.</summary>
internal static class FuzzTargets
{
    /// <summary>Gets the targets by name; each is made when it is asked for.</summary>
    internal static IReadOnlyDictionary<string, Func<FuzzTarget>> All { get; } = new Dictionary<string, Func<FuzzTarget>>(StringComparer.Ordinal)
    {
        ["safetensors"] = WeightsTargets.Safetensors,
        ["pytorch-zip"] = WeightsTargets.PyTorchZip,
        ["pytorch-legacy"] = WeightsTargets.PyTorchLegacy,
        ["keras2"] = () => WeightsTargets.Keras2("keras2", isCompressed: false),
        ["keras2-gzip"] = () => WeightsTargets.Keras2("keras2-gzip", isCompressed: true),
        ["keras3"] = WeightsTargets.Keras3,
        ["keras-archive"] = WeightsTargets.KerasArchive,
        ["h5py"] = WeightsTargets.H5py,
        ["onnx"] = WeightsTargets.Onnx,
        ["model"] = ModelTargets.Whole,
        ["model-flips"] = ModelTargets.Flips,
        ["model-inside"] = ModelTargets.Inside,
        ["model-mlnet"] = ModelTargets.WithMLNet,
        ["jpeg"] = () => ImageTargets.Decode("jpeg"),
        ["png"] = () => ImageTargets.Decode("png"),
        ["webp"] = () => ImageTargets.Decode("webp"),
        ["gif"] = () => ImageTargets.Decode("gif"),
        ["bmp"] = () => ImageTargets.Decode("bmp"),
        ["jpeg-orientation"] = () => ImageTargets.Orientation("jpeg"),
        ["png-orientation"] = () => ImageTargets.Orientation("png"),
        ["webp-orientation"] = () => ImageTargets.Orientation("webp"),
        ["jpeg-damage"] = ImageTargets.JpegDamage,
        ["features"] = CacheTargets.Features,
    };
}
