namespace Microsoft.ML.MobileNetV2;

/// <summary>Shows pixels of 4 bytes (three colours and alpha) in memory that somebody else keeps.</summary>
/// <remarks>Colours are premultiplied with alpha. <see cref="Extent"/> is set where a picture was decoded at a fraction of its size.</remarks>
internal readonly unsafe struct PixelSource
{
    internal const int BytesPerPixel = 4;
    private readonly byte* _pixels;

    internal PixelSource(byte* pixels, int width, int height)
    {
        _pixels = pixels;
        Width = width;
        Height = height;
        Extent = (width, height);
    }

    internal int Width { get; }

    internal int Height { get; }

    /// <summary>Gets the size of the whole picture in units of the stored pixels.</summary>
    internal (double Width, double Height) Extent { get; init; }

    /// <summary>Gets a value indicating whether blue comes first, not red.</summary>
    internal bool IsBgra { get; init; }

    internal bool HasAlpha { get; init; }

    internal ImageOrientation Orientation { get; init; }

    internal ReadOnlySpan<byte> Row(int y, int first, int count) =>
        new(_pixels + ((((nint)y * Width) + first) * BytesPerPixel), count * BytesPerPixel);
}
