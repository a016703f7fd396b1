using Microsoft.ML.MobileNetV2.Imaging;
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
    /// <param name="dataType">
    /// The data type of the matrices and kernels; vectors (biases, batch norm) are always 32-bit. The default, <see cref="TensorDataType.Float32"/>, loses
    /// nothing. <see cref="TensorDataType.Float16"/> halves the file and rounds each number to 11 significant bits, a relative error of at most 0.0005.
    /// Features, which range from 0 to 6, change by 0.002 on average and a single one by up to 0.04; the accuracy of classifiers stays the same. The numbers
    /// become 32-bit again when they are loaded, so speed and memory do not change, and saving them again loses nothing more.
    /// </param>
    /// <exception cref="ArgumentException">A number is too large for <see cref="TensorDataType.Float16"/>; nothing is written.</exception>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public static void Save(MobileNetV2Weights weights, string path, TensorDataType dataType = TensorDataType.Float32)
    {
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentException.ThrowIfNullOrEmpty(path);
        Checkpoint checkpoint = weights.Checkpoint with { Metadata = WeightsMetadata.Write(weights.Description) };
        FileDataType type = dataType switch
        {
            TensorDataType.Float32 => FileDataType.F32,
            TensorDataType.Float16 => FileDataType.F16,
            _ => throw new ArgumentOutOfRangeException(
                nameof(dataType), dataType, $"Expected one of {string.Join(", ", Enum.GetNames<TensorDataType>())}."),
        };
        if (type == FileDataType.F16)
        {
            RequireHalves(checkpoint, nameof(dataType));
        }

        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, checkpoint, type));
    }

    /// <summary>Opens a file of weights.</summary>
    /// <exception cref="WeightsFormatException">There is nothing to read.</exception>
    internal static FileStream Open(string path) => !RegularFile.IsEmpty(path)
        ? File.OpenRead(path)
        : throw new WeightsFormatException(WeightsFormatError.Truncated, path, $"the file is {RegularFile.EmptyKind}; expected weights.");

    private static void RequireHalves(Checkpoint checkpoint, string paramName)
    {
        foreach ((string name, WeightTensor tensor) in checkpoint.Tensors.Where(pair => pair.Value.Shape.Count > 1))
        {
            HalfNumbers.Require(tensor.Values, checkpoint.Quote(name), paramName);
        }
    }
}
