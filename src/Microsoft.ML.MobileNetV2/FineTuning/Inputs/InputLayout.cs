namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Represents how the input of an image lies in memory: shape (planes, side, side, channels).</summary>
/// <param name="Planes">Planes: 3 for an image, 1 for a map.</param>
/// <param name="Side">Height and width.</param>
/// <param name="Channels">Numbers of a pixel in a plane: 1 for an image, those of a map with padding.</param>
internal readonly record struct InputLayout(int Planes, int Side, int Channels)
{
    internal int Length => Planes * Side * Side * Channels;
}
