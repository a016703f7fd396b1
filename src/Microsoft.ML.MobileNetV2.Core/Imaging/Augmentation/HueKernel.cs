using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Moves hues along the color wheel; value and saturation of HSV stay the same, exactly as in torchvision.</summary>
internal readonly struct HueKernel(float shift) : IColorKernel
{
    /// <summary>Length of the circle: the hues of red, green and blue are 0, 2 and 4.</summary>
    private const float Circle = 6;

    private readonly float _shift = shift * Circle;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RgbVectors Apply(RgbVectors pixels)
    {
        Vector<float> value = Vector.MaxNative(Vector.MaxNative(pixels.Red, pixels.Green), pixels.Blue);
        Vector<float> chroma = value - Vector.MinNative(Vector.MinNative(pixels.Red, pixels.Green), pixels.Blue);
        Vector<float> hue = Hue(pixels, value, chroma) + new Vector<float>(_shift);
        return new(Level(hue, 5, value, chroma), Level(hue, 3, value, chroma), Level(hue, 1, value, chroma));
    }

    /// <summary>Returns hues from −1 to 5; that of a gray, which has none, is 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Hue(RgbVectors pixels, Vector<float> value, Vector<float> chroma)
    {
        Vector<float> divisor = Vector.ConditionalSelect(Vector.Equals(chroma, Vector<float>.Zero), Vector<float>.One, chroma);
        Vector<float> nearRed = (pixels.Green - pixels.Blue) / divisor;
        Vector<float> nearGreen = new Vector<float>(2) + ((pixels.Blue - pixels.Red) / divisor);
        Vector<float> nearBlue = new Vector<float>(4) + ((pixels.Red - pixels.Green) / divisor);
        Vector<float> notNearRed = Vector.ConditionalSelect(Vector.Equals(value, pixels.Green), nearGreen, nearBlue);
        return Vector.ConditionalSelect(Vector.Equals(value, pixels.Red), nearRed, notNearRed);
    }

    /// <summary>Returns the levels of a channel: value − chroma · clamp(min(k, 4 − k), 0, 1), where k is hue + start on the circle.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Level(Vector<float> hue, float start, Vector<float> value, Vector<float> chroma)
    {
        Vector<float> place = hue + new Vector<float>(start);
        place -= Vector.Floor(place / Circle) * Circle;
        Vector<float> missing = Vector.MinNative(Vector.MinNative(place, new Vector<float>(4) - place), Vector<float>.One);
        return value - (chroma * Vector.MaxNative(missing, Vector<float>.Zero));
    }
}
