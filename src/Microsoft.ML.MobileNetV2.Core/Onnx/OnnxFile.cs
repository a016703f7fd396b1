using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Onnx;

/// <summary>Writes a model as one ONNX file that needs nothing of this library.</summary>
internal static class OnnxFile
{
    /// <summary>Writes a network from the image on: see <see cref="ImageModel"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such data type.</exception>
    /// <exception cref="ArgumentException">A weight is too large for the data type.</exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    internal static void Save(string path, NetworkSpecification network, ImagePreprocessing preprocessing, TensorDataType dataType, bool hasProbability = false) =>
        Save(path, dataType, () => ImageModel.Create(network, preprocessing, hasProbability, dataType));

    /// <param name="path">The path of the file.</param>
    /// <param name="dataType">The data type in which the weights are to be stored.</param>
    /// <param name="create">Creates the model, with weights of that type.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such data type.</exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    internal static void Save(string path, TensorDataType dataType, Func<ModelProto> create)
    {
        RequirePlace(path);
        if (!Enum.IsDefined(dataType))
        {
            throw new ArgumentOutOfRangeException(nameof(dataType), dataType, $"Expected one of {string.Join(", ", Enum.GetNames<TensorDataType>())}.");
        }

        ModelProto model = create();
        AtomicFile.Write(path, model.WriteTo);
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
