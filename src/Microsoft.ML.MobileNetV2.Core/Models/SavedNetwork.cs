using Microsoft.ML.MobileNetV2.Imaging;
using Microsoft.ML.MobileNetV2.Network;
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
    /// <summary>The number of transformers between the image column and the one that executes the network.</summary>
    internal const int StepsBefore = 4;

    private const string InputColumnKey = "mobilenetv2.input_column";
    private const string InputKindKey = "mobilenetv2.input_type";
    private const string OutputColumnKey = "mobilenetv2.output_column";
    private const string OutputKey = "mobilenetv2.output";
    private const string SettingsKey = "mobilenetv2.settings";

    /// <summary>Gets the settings for images as the file has them.</summary>
    internal string SettingsJson { get; private init; } = string.Empty;

    /// <summary>Gets the index of the transformer that executes the network, among all of the model.</summary>
    internal int Index { get; init; }

    /// <summary>Gets the place of the network among the transformers of the model.</summary>
    internal NetworkPlace Place => new(Network, InputColumnName, InputKind, OutputColumnName, Index - StepsBefore, Index);

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

    /// <summary>Returns the network of an ONNX model; null where it is a head alone.</summary>
    /// <param name="saved">The ONNX model.</param>
    /// <param name="source">The name of the model, for messages.</param>
    /// <exception cref="InvalidDataException">The metadata are damaged.</exception>
    /// <exception cref="WeightsFormatException">The tensors are not those of a MobileNetV2.</exception>
    internal static SavedNetwork? TryRead(SavedOnnxModel saved, string source)
    {
        ModelMetadata metadata = saved.Metadata;
        if (!metadata.Contains(SettingsKey))
        {
            return null;
        }

        string json = metadata.Require(SettingsKey);
        var settings = SavedSettings.FromJson(json);
        Checkpoint checkpoint = new(source, ModelTensors.ReadBackbone(saved.Model), metadata.Values);
        MobileNetV2Weights weights = new(checkpoint, WeightsMetadata.Read(checkpoint));
        NetworkSpecification network = new(weights, settings.Preprocessing.InputSize, metadata.RequireMember<MobileNetV2Output>(OutputKey))
        {
            Head = HeadMetadata.TryRead(saved),
        };
        RequireWhole(network);
        return new(
            network, settings, metadata.Require(InputColumnKey), metadata.RequireMember<ImageSourceKind>(InputKindKey), metadata.Require(OutputColumnKey))
        {
            SettingsJson = json,
        };
    }

    private static void RequireWhole(NetworkSpecification network)
    {
        if (network.Head is { } head && (network.Output != MobileNetV2Output.Features || head.Layers[0].InputCount != network.Weights.FeatureCount))
        {
            throw new InvalidDataException(
                $"its head takes {head.Layers[0].InputCount} inputs of the output {network.Output}; the network has {network.Weights.FeatureCount} features.");
        }

        if (NetworkSpecification.IsOfClassifier(network.Output) && network.Weights.ClassCount == 0)
        {
            throw new InvalidDataException($"its output is {network.Output}, but its weights have no classifier.");
        }

        if (network.OutputNames.Count > 0 && network.OutputNames.Count != network.OutputCount)
        {
            throw new InvalidDataException($"it has {network.OutputNames.Count} names for {network.OutputCount} outputs.");
        }
    }
}
