namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Renders decoded images, or views of them, to the network's input.</summary>
/// <remarks>Immutable, thus safe for use by several threads. Destinations have the shape (3, S, S).</remarks>
internal sealed class ViewRenderer(ImagePreprocessing preprocessing)
{
    private readonly ImageResampler _resampler = new(preprocessing);
    private readonly PixelNormalization _normalization = new(preprocessing);

    /// <param name="rows">The stored rows.</param>
    /// <param name="plan">The taps for them, which make the view's crop.</param>
    /// <param name="view">What to do with the square; null for nothing.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    internal void Render(PixelRows rows, ResizePlan plan, ImageView? view, Span<float> destination)
    {
        _resampler.Resample(rows, plan, FirstNormalization(view), destination);
        Finish(view, destination);
    }

    /// <param name="levels">Shape (3, S, S); nothing is cropped.</param>
    /// <param name="view">What to do with the square; null for nothing.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    internal void Render(ReadOnlySpan<float> levels, ImageView? view, Span<float> destination)
    {
        FirstNormalization(view).Apply(levels, destination);
        Finish(view, destination);
    }

    // Only colors need levels; without them the pixels are those of the plain image, bit for bit.
    private PixelNormalization FirstNormalization(ImageView? view) =>
        view is null or { Colors.IsNone: true } ? _normalization : PixelNormalization.None;

    private void Finish(ImageView? view, Span<float> planes)
    {
        if (view is null)
        {
            return;
        }

        SquarePlanes.Mirror(planes, preprocessing.InputSize, view.IsMirroredX, view.IsMirroredY);
        if (view.RotationDegrees != 0)
        {
            new SquareRotation(preprocessing.InputSize, view.RotationDegrees).Apply(planes);
        }

        if (!view.Colors.IsNone)
        {
            view.Colors.Apply(planes);
            _normalization.Apply(planes, planes);
        }
    }
}
