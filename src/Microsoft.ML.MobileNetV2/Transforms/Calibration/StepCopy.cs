using Microsoft.ML.Transforms.Onnx;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Copies steps of a model that hold memory or files, so that two models can be disposed apart from each other.</summary>
internal static class StepCopy
{
    /// <summary>Returns a step that is disposed by itself; one that holds nothing is returned as it is.</summary>
    internal static ITransformer Create(ITransformer step) => step switch
    {
        OnnxStep onnx => onnx.Copy(),
        OnnxTransformer stock => Reload(stock),
        MobileNetV2FeaturizerTransformer featurizer => new MobileNetV2FeaturizerTransformer(featurizer.Network.Settings, featurizer.Network.InputType),
        ImageNetworkTransformer network => network.WithHead(network.Settings.Engine.Network.Head),
        _ => step,
    };

    private static ITransformer Reload(OnnxTransformer step)
    {
        MLContext context = new();
        using MemoryStream saved = new();
        context.Model.Save(step, inputSchema: null, saved);
        return StockOnnx.Open(() =>
        {
            saved.Position = 0;
            return context.Model.Load(saved, out _);
        });
    }
}
