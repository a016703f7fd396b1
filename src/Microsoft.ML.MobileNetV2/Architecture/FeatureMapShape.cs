using System.Globalization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the shape of the feature map of one image.</summary>
/// <param name="Channels">Number of channels.</param>
/// <param name="Height">Height in pixels.</param>
/// <param name="Width">Width in pixels.</param>
public readonly record struct FeatureMapShape(int Channels, int Height, int Width)
{
    /// <summary>Gets the number of values in the map.</summary>
    public int Count => checked(Channels * Height * Width);

    /// <summary>Returns the shape as "(channels, height, width)".</summary>
    /// <returns>The text.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({Channels}, {Height}, {Width})");
}
