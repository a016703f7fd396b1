namespace Microsoft.ML.MobileNetV2.Tool.Commands.Info;

/// <summary>Represents a row of the table of layers. Shapes are channels × height × width.</summary>
internal sealed record LayerResult(string Name, string Kind, int[] Input, int[] Output, long Parameters, long MultiplyAdds)
{
    internal static LayerResult Of(LayerInfo layer) => new(
        layer.Name, layer.Kind.ToString(), ShapeOf(layer.InputShape), ShapeOf(layer.OutputShape), layer.ParameterCount + layer.BatchNormParameterCount, layer.MultiplyAdds);

    private static int[] ShapeOf((int Channels, int Height, int Width) shape) => [shape.Channels, shape.Height, shape.Width];
}
