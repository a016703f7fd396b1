using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Represents a network in a saved model, with its way from a column of images to a column of outputs.</summary>
/// <param name="Network">The network.</param>
/// <param name="Settings">The settings for images.</param>
/// <param name="InputColumnName">The name of the image column.</param>
/// <param name="InputKind">The form of the images.</param>
/// <param name="OutputColumnName">The name of the output column.</param>
internal sealed record SavedNetwork(
    NetworkSpecification Network, SavedSettings Settings, string InputColumnName, ImageSourceKind InputKind, string OutputColumnName)
{
    private const string InputColumnKey = "mobilenetv2.input_column";
    private const string InputKindKey = "mobilenetv2.input_type";
    private const string OutputColumnKey = "mobilenetv2.output_column";
    private const string OutputKey = "mobilenetv2.output";
    private const string SettingsKey = "mobilenetv2.settings";

    /// <summary>Returns the metadata of the ONNX model that holds the network: what its tensors do not tell.</summary>
    internal IEnumerable<KeyValuePair<string, string>> WriteMetadata() =>
    [
        .. HeadMetadata.Write(Network.Head, Network.OutputNames),
        new(InputColumnKey, InputColumnName),
        new(InputKindKey, InputKind.ToString()),
        new(OutputColumnKey, OutputColumnName),
        new(OutputKey, Network.Output.ToString()),
        new(SettingsKey, Settings.ToJson()),
    ];

    /// <summary>Returns the network of an ONNX model; null where it is not one that this library saved.</summary>
    /// <param name="model">The ONNX model.</param>
    /// <param name="source">The name of the model, for messages.</param>
    internal static SavedNetwork? TryRead(ModelProto model, string source)
    {
        Dictionary<string, string> metadata = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (!metadata.TryGetValue(SettingsKey, out string? json))
        {
            return null;
        }

        var settings = SavedSettings.FromJson(json);
        Checkpoint checkpoint = new(source, ModelTensors.ReadBackbone(model), metadata);
        MobileNetV2Weights weights = new(checkpoint, WeightsMetadata.Read(checkpoint));
        NetworkSpecification network = new(weights, settings.Preprocessing.InputSize, Enum.Parse<MobileNetV2Output>(metadata[OutputKey]))
        {
            Head = HeadMetadata.TryRead(model),
        };
        return new(network, settings, metadata[InputColumnKey], Enum.Parse<ImageSourceKind>(metadata[InputKindKey]), metadata[OutputColumnKey]);
    }
}
