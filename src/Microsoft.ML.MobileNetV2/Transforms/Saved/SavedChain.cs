using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Creates the chain of ML.NET's own transformers that represents a network in a saved .zip.</summary>
/// <remarks>Code outside of ML.NET cannot bring a loader of its own, so whatever is saved must be of stock types.</remarks>
internal static class SavedChain
{
    internal static TransformerChain<ITransformer> Create(ImageNetworkSettings settings, DataViewType inputType)
    {
        MLContext context = new();
        FixedSizeImages.Register(inputType);
        SavedNetwork saved = Describe(settings, inputType);
        StockChainBuilder chain = new(SavedInput.EmptyView(context, settings.InputColumnName, inputType));
        chain.Append(context.Transforms.CopyColumns(SavedColumns.Image, settings.InputColumnName));
        chain.Append(context.Transforms.CustomMapping(new StartMapping().GetMapping(), SavedMappings.Start));
        chain.AppendOnnx(context, SavedColumns.Settings, SavedColumns.Start, SettingsModel(saved));
        chain.Append(SavedInput.Preprocessing(context, inputType));
        chain.AppendOnnx(context, settings.OutputColumnName, SavedColumns.Pixels, NetworkModel(saved));
        chain.Append(context.Transforms.DropColumns(SavedColumns.Image, SavedColumns.Start, SavedColumns.Settings, SavedColumns.Pixels));
        return chain.ToChain();
    }

    private static SavedNetwork Describe(ImageNetworkSettings settings, DataViewType inputType) => new(
        settings.Engine.Network,
        new(settings.Engine.Preprocessing, settings.Engine.Decoding, settings.UnreadableImages)
        {
            PixelLayout = PixelShape.FormatOf(inputType, settings).Layout,
            PixelRange = settings.PixelFormat.Range,
        },
        settings.InputColumnName,
        ImageColumn.KindOf(inputType)!.Value,
        settings.OutputColumnName);

    private static byte[] SettingsModel(SavedNetwork saved) =>
        SavedOnnxModels.CreateText(SavedColumns.Start, SavedColumns.Settings, saved.Settings.ToJson());

    private static byte[] NetworkModel(SavedNetwork saved) =>
        NetworkSeal.Append(SavedOnnxModels.CreateNetwork(saved.Network, SavedColumns.Pixels, saved.OutputColumnName, saved.WriteMetadata()));
}
