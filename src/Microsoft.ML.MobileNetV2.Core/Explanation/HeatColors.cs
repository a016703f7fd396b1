namespace Microsoft.ML.MobileNetV2.Explanation;

/// <summary>Mixes the colors of an image with those of a map.</summary>
internal static class HeatColors
{
    private const float Unseen = 0.35f;

    /// <summary>The color map "plasma" of Matplotlib (CC0) at even distances: dark to light in every kind of color vision.</summary>
    private static readonly RgbValues[] Stops =
    [
        new(0.05f, 0.03f, 0.53f), new(0.42f, 0f, 0.66f), new(0.69f, 0.16f, 0.56f), new(0.88f, 0.39f, 0.38f), new(0.99f, 0.65f, 0.21f), new(0.94f, 0.98f, 0.13f),
    ];

    /// <param name="image">The color of the image, from 0 to 1.</param>
    /// <param name="value">The value of the map, from 0 to 1.</param>
    /// <param name="opacity">The opacity of the color for value 1.</param>
    internal static RgbValues Blend(RgbValues image, float value, float opacity) => Mix(image, ColorOf(value), opacity * value);

    internal static RgbValues Darken(RgbValues image) => new(image.Red * Unseen, image.Green * Unseen, image.Blue * Unseen);

    private static RgbValues ColorOf(float value)
    {
        float position = value * (Stops.Length - 1);
        int lower = Math.Min((int)position, Stops.Length - 2);
        return Mix(Stops[lower], Stops[lower + 1], position - lower);
    }

    private static RgbValues Mix(RgbValues from, RgbValues to, float amount) => new(
        from.Red + (amount * (to.Red - from.Red)), from.Green + (amount * (to.Green - from.Green)), from.Blue + (amount * (to.Blue - from.Blue)));
}
