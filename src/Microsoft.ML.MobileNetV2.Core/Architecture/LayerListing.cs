namespace Microsoft.ML.MobileNetV2.Architecture;

/// <summary>Computes shape and cost of each layer of an architecture.</summary>
internal static class LayerListing
{
    internal static IReadOnlyList<LayerInfo> Create(MobileNetV2Architecture architecture, int inputSize, int classCount)
    {
        List<LayerInfo> layers = [];
        (int Channels, int Height, int Width) shape = new(3, inputSize, inputSize);
        foreach (NetworkStep step in architecture.Steps)
        {
            layers.Add(Describe(step, shape));
            shape = layers[^1].OutputShape;
        }

        if (classCount > 0)
        {
            layers.Add(DescribeClassifier(shape, classCount));
        }

        return layers;
    }

    private static LayerInfo Describe(NetworkStep step, (int Channels, int Height, int Width) input) => step switch
    {
        ConvStep conv => Describe(conv.Layer, input),
        ShortcutStep shortcut => new() { Name = shortcut.Block.Name, Kind = LayerKind.Shortcut, InputShape = input, OutputShape = input },
        _ => new() { Name = "pool", Kind = LayerKind.GlobalAveragePool, InputShape = input, OutputShape = new(input.Channels, 1, 1) },
    };

    private static LayerInfo Describe(ConvLayer layer, (int Channels, int Height, int Width) input)
    {
        (int Channels, int Height, int Width) output = new(layer.OutputChannels, layer.OutputSize(input.Height), layer.OutputSize(input.Width));
        return new()
        {
            Name = layer.Name,
            Kind = KindOf(layer),
            InputShape = input,
            OutputShape = output,
            ParameterCount = layer.WeightCount,
            BatchNormParameterCount = 2 * layer.OutputChannels,
            MultiplyAdds = layer.WeightCount * output.Height * output.Width,
        };
    }

    private static LayerInfo DescribeClassifier((int Channels, int Height, int Width) features, int classCount)
    {
        long weights = (long)features.Channels * classCount;
        return new()
        {
            Name = MobileNetV2Architecture.ClassifierName,
            Kind = LayerKind.Dense,
            InputShape = features,
            OutputShape = new(classCount, 1, 1),
            ParameterCount = weights + classCount,
            MultiplyAdds = weights,
        };
    }

    private static LayerKind KindOf(ConvLayer layer) => layer switch
    {
        { IsDepthwise: true } => LayerKind.DepthwiseConvolution,
        { KernelSize: 1 } => LayerKind.PointwiseConvolution,
        _ => LayerKind.Convolution,
    };
}
