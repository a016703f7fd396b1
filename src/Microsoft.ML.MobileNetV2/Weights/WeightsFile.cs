using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Saves weights to files.</summary>
public static class WeightsFile
{
    /// <summary>
    /// Saves weights with their description in the safetensors format under torchvision's names, so that
    /// <see cref="MobileNetV2Weights.FromFile"/> restores both, and PyTorch can load the weights.
    /// </summary>
    /// <param name="weights">The weights.</param>
    /// <param name="path">Path of the file. An existing file is replaced atomically after everything is written.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public static void Save(MobileNetV2Weights weights, string path)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checkpoint checkpoint = weights.Checkpoint with { Metadata = WeightsMetadata.Write(weights.Description) };
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, checkpoint));
    }
}
