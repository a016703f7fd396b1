using Microsoft.ML.MobileNetV2.Weights;
using PureHDF;

namespace Microsoft.ML.MobileNetV2.Keras;

/// <summary>Reads the weights that Keras saves as HDF5: of weights alone or of a whole model.</summary>
internal static class KerasReader
{
    private const int MaxLength = 1 << 30;
    private const int MaxDepth = 8;
    private const string LegacyOptimizerGroup = "optimizer_weights";

    /// <summary>The optimizer's variables in files of Keras 3.</summary>
    private const string OptimizerGroup = "optimizer";

    /// <summary>The group with the variables of a layer in files of Keras 3, which name them by numbers.</summary>
    private const string VariablesGroup = "vars";

    /// <param name="stream">The file; must be able to seek. Not disposed.</param>
    /// <param name="source">Name of the file, for messages.</param>
    internal static Checkpoint Read(Stream stream, string source)
    {
        long length = stream.Length - stream.Position;
        if (length > MaxLength)
        {
            throw new WeightsFormatException(WeightsFormatError.SizeMismatch, source, $"the HDF5 file has {length} bytes; no MobileNetV2 is that large.");
        }

        byte[] content = GC.AllocateUninitializedArray<byte>((int)length);
        stream.ReadExactly(content);
        try
        {
            content = Hdf5Guard.Check(content, source);
            using MemoryStream checkedContent = new(content, writable: false);
            using IDisposable file = H5File.Open(checkedContent);
            Dictionary<string, WeightTensor> tensors = new(StringComparer.Ordinal);
            ReadGroup((IH5Group)file, string.Empty, string.Empty, 0, new KerasTensors(content.Length, source), tensors);
            return new(source, tensors, new Dictionary<string, string>());
        }
        catch (Exception e) when (e is not WeightsFormatException)
        {
            // The HDF5 library reports damage by exceptions of many kinds.
            throw new WeightsFormatException(
                WeightsFormatError.InvalidHeader, source, $"the HDF5 file is damaged: {e.Message} Download or copy the file again.", e);
        }
    }

    private static void ReadGroup(IH5Group group, string groupName, string path, int depth, KerasTensors reader, Dictionary<string, WeightTensor> tensors)
    {
        foreach (IH5Object child in group.Children())
        {
            switch (child)
            {
                case IH5Group inner when depth < MaxDepth:
                    if (depth > 0 || inner.Name is not (LegacyOptimizerGroup or OptimizerGroup))
                    {
                        ReadGroup(inner, inner.Name == VariablesGroup ? $"{path}/{VariablesGroup}" : inner.Name, $"{path}/{inner.Name}".TrimStart('/'), depth + 1, reader, tensors);
                    }

                    break;
                case IH5Dataset dataset:
                    // In files before Keras 3, the groups above the last one repeat the name of the layer or name the model.
                    reader.Add(tensors, $"{groupName}/{dataset.Name}", dataset);
                    break;
                default:
                    throw reader.Unexpected($"{groupName}/{child.Name}");
            }
        }
    }
}
