namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Computes shape and cost of each layer of an architecture.</summary>
internal static class LayerListing
{
    internal static IReadOnlyList<LayerInfo> Create(MobileNetV2Architecture architecture, int inputSize, int classCount)
    {
        List<LayerInfo> layers = [];
        FeatureMapShape shape = new(3, inputSize, inputSize);
        foreach (NetworkStep step in architecture.Steps)
        {
            layers.Add(Describe(step, shape));
            shape = layers[^1].OutputShape;
        }

        if (classCount > 0)
        {
            long weights = (long)shape.Count * classCount;
            layers.Add(new(
                MobileNetV2Architecture.ClassifierName, LayerKind.Dense, shape, new(classCount, 1, 1), weights + classCount, 0, weights));
        }

        return layers;
    }

    private static LayerInfo Describe(NetworkStep step, FeatureMapShape input) => step switch
    {
        ConvStep conv => Describe(conv.Layer, input),
        ShortcutStep shortcut => new(shortcut.Block.Name, LayerKind.Shortcut, input, input, 0, 0, 0),
        _ => new("pool", LayerKind.GlobalAveragePool, input, new(input.Channels, 1, 1), 0, 0, 0),
    };

    private static LayerInfo Describe(ConvLayer layer, FeatureMapShape input)
    {
        FeatureMapShape output = new(layer.OutputChannels, layer.OutputSize(input.Height), layer.OutputSize(input.Width));
        return new(
            layer.Name,
            KindOf(layer),
            input,
            output,
            layer.WeightCount,
            2 * layer.OutputChannels,
            layer.WeightCount * output.Height * output.Width);
    }

    private static LayerKind KindOf(ConvLayer layer) => layer switch
    {
        { IsDepthwise: true } => LayerKind.DepthwiseConvolution,
        { KernelSize: 1 } => LayerKind.PointwiseConvolution,
        _ => LayerKind.Convolution,
    };
}
