namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Provides the alpha arithmetic for pixels whose maker did not record what their alpha means.</summary>
internal static class PixelAlpha
{
    private const int AlphaIndex = 3;

    /// <summary>Returns what the alpha bytes mean: a color above its alpha cannot be premultiplied.</summary>
    internal static AlphaKind Classify(ReadOnlySpan<byte> pixels)
    {
        AlphaKind alpha = AlphaKind.None;
        for (int i = 0; i + AlphaIndex < pixels.Length; i += PixelRows.BytesPerPixel)
        {
            byte opacity = pixels[i + AlphaIndex];
            if (opacity == byte.MaxValue)
            {
                continue;
            }

            if (Math.Max(pixels[i], Math.Max(pixels[i + 1], pixels[i + 2])) > opacity)
            {
                return AlphaKind.Straight;
            }

            alpha = AlphaKind.Premultiplied;
        }

        return alpha;
    }

    /// <summary>Multiplies colors by their alpha, rounded to the nearest level.</summary>
    internal static void Premultiply(ReadOnlySpan<byte> straight, Span<byte> premultiplied)
    {
        for (int i = 0; i < straight.Length; i += PixelRows.BytesPerPixel)
        {
            byte opacity = straight[i + AlphaIndex];
            for (int channel = 0; channel < AlphaIndex; channel++)
            {
                premultiplied[i + channel] = (byte)(((straight[i + channel] * opacity) + (byte.MaxValue / 2)) / byte.MaxValue);
            }

            premultiplied[i + AlphaIndex] = opacity;
        }
    }
}
