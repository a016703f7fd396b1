using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes a model as one ONNX file that needs nothing of this library.</summary>
internal static class OnnxFile
{
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    internal static void Save(string path, NetworkSpecification network, ImagePreprocessing preprocessing, bool hasProbability = false)
    {
        RequirePlace(path);
        AtomicFile.Write(path, stream => ImageModel.Create(network, preprocessing, hasProbability).WriteTo(stream));
    }

    private static void RequirePlace(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw new IOException($"'{path}' is a folder; expected the path of a file.");
        }

        if (!Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path))))
        {
            throw new DirectoryNotFoundException($"The model cannot be written to '{path}': its folder does not exist.");
        }
    }
}
