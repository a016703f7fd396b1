using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Looks at the bytes of ML.NET's images.</summary>
internal static class MLImagePixels
{
    private const int AlphaIndex = 3;

    /// <summary>Says what the alpha bytes mean.</summary>
    internal enum Alpha
    {
        /// <summary>All pixels are opaque.</summary>
        None,

        /// <summary>Colors are multiplied with alpha: what ML.NET decodes.</summary>
        Premultiplied,

        /// <summary>Colors are as they are: pixels handed to <see cref="MLImage.CreateFromPixels"/>, which takes any bytes.</summary>
        Straight,
    }

    /// <exception cref="ObjectDisposedException">The image is disposed.</exception>
    internal static ReadOnlySpan<byte> Of(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        try
        {
            return image.Pixels;
        }
        catch (InvalidOperationException e)
        {
            throw new ObjectDisposedException("The image is disposed; it must live until its row has been read.", e);
        }
    }

    /// <summary>Finds out what the alpha bytes mean: a color above its alpha cannot be premultiplied.</summary>
    internal static Alpha Classify(ReadOnlySpan<byte> pixels)
    {
        Alpha alpha = Alpha.None;
        for (int i = 0; i + AlphaIndex < pixels.Length; i += PixelRows.BytesPerPixel)
        {
            byte opacity = pixels[i + AlphaIndex];
            if (opacity == byte.MaxValue)
            {
                continue;
            }

            if (Math.Max(pixels[i], Math.Max(pixels[i + 1], pixels[i + 2])) > opacity)
            {
                return Alpha.Straight;
            }

            alpha = Alpha.Premultiplied;
        }

        return alpha;
    }

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
