namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Provides the rows of an image from top to bottom as they are stored: 4 channels for each pixel, colors premultiplied by alpha.</summary>
internal abstract class PixelRows : IDisposable
{
    internal const int BytesPerPixel = 4;

    /// <summary>Gets a value indicating whether blue comes first, not red.</summary>
    internal bool IsBgra { get; init; }

    internal bool HasAlpha { get; init; }

    public virtual void Dispose() => GC.SuppressFinalize(this);

    /// <summary>Reads a row, from the first needed pixel to the last.</summary>
    /// <param name="y">Index of the stored row; never less than in the call before.</param>
    /// <param name="levels">Four channels of each needed pixel, from 0 to 255.</param>
    internal abstract void Read(int y, Span<float> levels);

    /// <summary>Ensures that the rows after the last one that was read exist too.</summary>
    internal virtual void Finish()
    {
    }
}
