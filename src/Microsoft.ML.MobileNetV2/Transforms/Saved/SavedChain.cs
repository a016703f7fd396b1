using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Makes the chain of ML.NET's own transformers that stands for a featurizer in a saved .zip.</summary>
/// <remarks>Code outside of ML.NET cannot bring a loader of its own, so whatever is saved must be of stock types.</remarks>
internal static class SavedChain
{
    internal static TransformerChain<ITransformer> Create(FeaturizerSettings settings, DataViewType inputType)
    {
        MLContext context = new();
        StockChainBuilder chain = new(SavedInput.EmptyView(context, settings.InputColumnName, inputType));
        chain.Append(context.Transforms.CopyColumns(SavedColumns.Image, settings.InputColumnName));
        chain.Append(context.Transforms.CustomMapping(new StartMapping().GetMapping(), SavedMappings.Start));
        chain.Append(context.Transforms.ApplyOnnxModel([SavedColumns.Settings], [SavedColumns.Start], SettingsModel(settings)));
        chain.Append(SavedInput.Preprocessing(context, inputType));
        chain.Append(context.Transforms.ApplyOnnxModel([settings.OutputColumnName], [SavedColumns.Pixels], NetworkModel(settings, inputType)));
        chain.Append(context.Transforms.DropColumns(SavedColumns.Image, SavedColumns.Start, SavedColumns.Settings, SavedColumns.Pixels));
        return chain.ToChain();
    }

    private static MemoryStream SettingsModel(FeaturizerSettings settings) =>
        new(SavedOnnxModels.CreateText(SavedColumns.Start, SavedColumns.Settings, SavedSettings.Of(settings).ToJson()));

    private static MemoryStream NetworkModel(FeaturizerSettings settings, DataViewType inputType) => new(SavedOnnxModels.CreateNetwork(new(
        settings.Engine.Network,
        SavedColumns.Pixels,
        settings.OutputColumnName,
        settings.Engine.OutputNames,
        SavedFeaturizer.Describe(settings, inputType))));
}
