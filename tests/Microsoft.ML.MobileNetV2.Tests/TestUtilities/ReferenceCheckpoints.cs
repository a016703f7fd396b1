namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Finds the files that PyTorch and Keras wrote: one synthetic network of width 0.35 in every format.</summary>
internal static class ReferenceCheckpoints
{
    internal const string Safetensors = "torchvision_0.35.safetensors";
    internal const string Onnx = "torchvision_0.35.onnx";
    internal const string Keras = "keras_0.35.h5";

    /// <summary>A state dict and a training checkpoint.</summary>
    internal static readonly string[] PyTorch = ["torchvision_0.35.pth", "torchvision_0.35_training_checkpoint.pth"];

    /// <summary>Gets each file with the beginning of its golden values' names.</summary>
    internal static IEnumerable<(string File, string Prefix)> WithGoldenValues =>
        [.. ((string[])[Safetensors, .. PyTorch, Onnx]).Select(file => (file, "symmetric.0.35.")), (Keras, "same.0.35.")];

    internal static string PathOf(string file) => ReferenceData.PathOf("checkpoints", file);
}
