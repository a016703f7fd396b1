namespace Microsoft.ML.MobileNetV2;

/// <summary>Gives the rows of a picture from top to bottom as they are stored: 4 bytes a pixel, three colours premultiplied with alpha.</summary>
internal abstract class PixelRows : IDisposable
{
    internal const int BytesPerPixel = 4;

    /// <summary>Gets a value indicating whether blue comes first, not red.</summary>
    internal bool IsBgra { get; init; }

    internal bool HasAlpha { get; init; }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Returns a row, from the first needed pixel to the last; valid until the next call.</summary>
    /// <param name="y">Index of the stored row; never less than in the call before.</param>
    internal abstract ReadOnlySpan<byte> Read(int y);

    /// <summary>Makes sure that the rows behind the last one that was read are there too.</summary>
    internal virtual void Finish()
    {
    }
}
