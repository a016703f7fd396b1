using System.Numerics.Tensors;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the order and the range of the values in a column of pixels.</summary>
/// <param name="Layout">The order.</param>
/// <param name="Range">The range.</param>
internal readonly record struct PixelFormat(PixelLayout Layout, PixelRange Range)
{
    // Resized and scaled values may be off by a rounding error; nobody's pixels are off by half a level.
    private const float ToleratedLevels = 0.5f;
    private const int Colors = PixelNormalization.ChannelCount;

    private float Scale => Range == PixelRange.Unit ? PixelNormalization.MaxLevel : 1;

    /// <summary>Writes pixels as planes of levels from 0 to 255.</summary>
    /// <returns>The largest value of <paramref name="pixels"/>.</returns>
    /// <exception cref="ArgumentException">A value is out of the range.</exception>
    internal float CopyAsPlanes(ReadOnlySpan<float> pixels, Span<float> planes)
    {
        float largest = RequireRange(pixels);
        if (Layout == PixelLayout.Planar)
        {
            pixels.CopyTo(planes);
        }
        else
        {
            Separate(pixels, planes);
        }

        if (Range == PixelRange.Unit)
        {
            TensorPrimitives.Multiply(planes, Scale, planes);
        }

        return largest;
    }

    private static void Separate(ReadOnlySpan<float> pixels, Span<float> planes)
    {
        int count = pixels.Length / Colors;
        Span<float> red = planes[..count];
        Span<float> green = planes.Slice(count, count);
        Span<float> blue = planes.Slice(2 * count, count);
        for (int i = 0; i < red.Length; i++)
        {
            red[i] = pixels[Colors * i];
            green[i] = pixels[(Colors * i) + 1];
            blue[i] = pixels[(Colors * i) + 2];
        }
    }

    private float RequireRange(ReadOnlySpan<float> pixels)
    {
        if (pixels.IsEmpty)
        {
            return 0;
        }

        // Both are NaN where a value is.
        float smallest = TensorPrimitives.Min(pixels);
        float largest = TensorPrimitives.Max(pixels);
        if (smallest >= -ToleratedLevels / Scale && largest <= (PixelNormalization.MaxLevel + ToleratedLevels) / Scale)
        {
            return largest;
        }

        float wrong = largest > PixelNormalization.MaxLevel / Scale || float.IsNaN(largest) ? largest : smallest;
        throw new ArgumentException(FormattableString.Invariant(
            $"a pixel value is {wrong}; expected {(Range == PixelRange.Unit ? "0 to 1" : "0 to 255")}, which is PixelRange.{Range}. Set PixelRange, and leave any other normalization to the network."));
    }
}
