using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the levels of some pixels, a vector for each color.</summary>
internal readonly record struct RgbVectors(Vector<float> Red, Vector<float> Green, Vector<float> Blue)
{
    // torchvision's weights of a gray level.
    internal const float RedShare = 0.2989f;
    internal const float GreenShare = 0.587f;
    internal const float BlueShare = 0.114f;

    internal Vector<float> Gray
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => (Red * RedShare) + (Green * GreenShare) + (Blue * BlueShare);
    }

    /// <summary>Multiplies the differences from a gray and limits the result to levels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal RgbVectors Blend(Vector<float> gray, float factor)
    {
        Vector<float> part = gray * (1 - factor);
        return new(Limit((Red * factor) + part), Limit((Green * factor) + part), Limit((Blue * factor) + part));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector<float> Limit(Vector<float> levels) =>
        Vector.MinNative(Vector.MaxNative(levels, Vector<float>.Zero), new(PixelNormalization.MaxLevel));
}
