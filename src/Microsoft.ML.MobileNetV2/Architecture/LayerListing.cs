namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Walks an architecture and notes shape and cost of each layer.</summary>
internal static class LayerListing
{
    internal static IReadOnlyList<LayerInfo> Create(MobileNetV2Architecture architecture, int inputSize, int classCount)
    {
        List<LayerInfo> layers = [];
        FeatureMapShape shape = Add(layers, architecture.Stem, new(3, inputSize, inputSize));
        foreach (InvertedResidual block in architecture.Blocks)
        {
            shape = block.Layers.Aggregate(shape, (input, layer) => Add(layers, layer, input));
            if (block.HasShortcut)
            {
                layers.Add(new(block.Name, LayerKind.Shortcut, shape, shape, 0, 0, 0));
            }
        }

        shape = Add(layers, architecture.LastConvolution, shape);
        FeatureMapShape features = new(shape.Channels, 1, 1);
        layers.Add(new("pool", LayerKind.GlobalAveragePool, shape, features, 0, 0, 0));
        if (classCount > 0)
        {
            long weights = (long)shape.Channels * classCount;
            layers.Add(new(
                MobileNetV2Architecture.ClassifierName, LayerKind.Dense, features, new(classCount, 1, 1), weights + classCount, 0, weights));
        }

        return layers;
    }

    private static FeatureMapShape Add(List<LayerInfo> layers, ConvLayer layer, FeatureMapShape input)
    {
        FeatureMapShape output = new(layer.OutputChannels, layer.OutputSize(input.Height), layer.OutputSize(input.Width));
        layers.Add(new(
            layer.Name,
            KindOf(layer),
            input,
            output,
            layer.WeightCount,
            2 * layer.OutputChannels,
            layer.WeightCount * output.Height * output.Width));
        return output;
    }

    private static LayerKind KindOf(ConvLayer layer) => layer switch
    {
        { IsDepthwise: true } => LayerKind.DepthwiseConvolution,
        { KernelSize: 1 } => LayerKind.PointwiseConvolution,
        _ => LayerKind.Convolution,
    };
}
