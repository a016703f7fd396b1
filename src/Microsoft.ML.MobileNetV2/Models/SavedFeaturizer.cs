using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Transforms;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Describes a featurizer in the metadata of its saved network, so that it can be brought back as it was.</summary>
internal static class SavedFeaturizer
{
    private const string InputColumnKey = "mobilenetv2.input_column";
    private const string InputTypeKey = "mobilenetv2.input_type";
    private const string OutputColumnKey = "mobilenetv2.output_column";
    private const string OutputKey = "mobilenetv2.output";
    private const string SettingsKey = "mobilenetv2.settings";

    internal static Dictionary<string, string> Describe(FeaturizerSettings settings, DataViewType inputType) =>
        new(new SavedHead(settings.Engine.Network.Head, settings.Engine.OutputNames, settings.Engine.HeadOrigin).Describe(), StringComparer.Ordinal)
        {
            [InputColumnKey] = settings.InputColumnName,
            [InputTypeKey] = ImageSourceKinds.Of(inputType).ToString()!,
            [OutputColumnKey] = settings.OutputColumnName,
            [OutputKey] = settings.Engine.Network.Output.ToString(),
            [SettingsKey] = SavedSettings.Of(settings).ToJson(),
        };

    /// <summary>Returns the featurizer that a model describes; null where it is no network of a featurizer.</summary>
    internal static MobileNetV2FeaturizerTransformer? TryRestore(ModelProto model, string source)
    {
        Dictionary<string, string> metadata = model.MetadataProps.ToDictionary(entry => entry.Key, entry => entry.Value, StringComparer.Ordinal);
        if (!metadata.TryGetValue(SettingsKey, out string? json))
        {
            return null;
        }

        SavedSettings saved = SavedSettings.FromJson(json);
        SavedHead head = SavedHead.TryRead(model) ?? SavedHead.None;
        Checkpoint checkpoint = new(source, NetworkTensors.Read(model), metadata);
        FeaturizerSettings settings = new(
            metadata[OutputColumnKey],
            metadata[InputColumnKey],
            new(RestoreNetwork(checkpoint, head, saved), saved.Preprocessing, saved.Decoding, Environment.ProcessorCount, ConfigureSession: null)
            {
                OutputNames = head.OutputNames,
                HeadOrigin = head.Origin,
            },
            saved.UnreadableImages,
            OnUnreadableImage: null);
        return new(settings, ImageSourceKinds.TypeOf(Enum.Parse<ImageSourceKind>(metadata[InputTypeKey])));
    }

    private static NetworkSpecification RestoreNetwork(Checkpoint checkpoint, SavedHead head, SavedSettings saved) => new(
        new MobileNetV2Weights(checkpoint, WeightsMetadata.Read(checkpoint)),
        saved.Preprocessing.InputSize,
        Enum.Parse<MobileNetV2Output>(checkpoint.Metadata[OutputKey]),
        head.Layers);
}
