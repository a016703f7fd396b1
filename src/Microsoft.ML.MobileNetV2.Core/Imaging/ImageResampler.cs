namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Resizes images into planes; rows first, then columns, keeping only as many resized rows as the filter spans.</summary>
/// <remarks>Immutable, thus safe for use by several threads.</remarks>
internal sealed class ImageResampler(ImagePreprocessing preprocessing)
{
    private readonly RgbValues _background = preprocessing.Background;

    // The triangle filter has no negative weights and so never leaves the range of levels.
    private readonly bool _clamp = preprocessing.Interpolation == ImageInterpolation.Bicubic;

    /// <param name="rows">The stored rows.</param>
    /// <param name="plan">The taps for them.</param>
    /// <param name="normalization">What becomes of the levels.</param>
    /// <param name="destination">Shape (3, S, S).</param>
    internal void Resample(PixelRows rows, ResizePlan plan, PixelNormalization normalization, Span<float> destination)
    {
        int size = preprocessing.InputSize;
        if (plan.Horizontal.Placement.Count < size || plan.Vertical.Placement.Count < size)
        {
            normalization.Fill(_background, destination);
        }

        ResampleStored(rows, plan, normalization, destination);
        rows.Finish();
        if (plan.Layout.Orientation.IsTransposed)
        {
            for (int channel = 0; channel < PixelNormalization.ChannelCount; channel++)
            {
                Transpose(destination.Slice(channel * size * size, size * size), size);
            }
        }
    }

    private void ResampleStored(PixelRows rows, ResizePlan plan, PixelNormalization normalization, Span<float> destination)
    {
        AxisTaps vertical = plan.Vertical;
        using RowRing ring = new(Math.Min(vertical.TapCount, vertical.Length), plan.Horizontal.Starts.Length);
        using RowResampler resampler = new(plan.Horizontal);
        RgbValues? background = rows.HasAlpha ? (rows.IsBgra ? Reversed(_background) : _background) : null;
        int next = 0;
        for (int step = 0; step < vertical.Placement.Count; step++)
        {
            int output = vertical.IsMirrored ? vertical.Placement.Count - 1 - step : step;
            int start = vertical.Starts[output];
            for (next = Math.Max(next, start); next < start + ring.SlotCount; next++)
            {
                resampler.Resize(rows, vertical.First + next, background, _clamp, ring.Slot(next));
            }

            CombineRows(ring, plan, output, rows.IsBgra, normalization, destination);
        }
    }

    private void CombineRows(
        RowRing ring, ResizePlan plan, int output, bool isBgra, PixelNormalization normalization, Span<float> destination)
    {
        int size = preprocessing.InputSize;
        AxisTaps vertical = plan.Vertical;
        ReadOnlySpan<float> weights = vertical.Weights.Slice(output * vertical.TapCount, ring.SlotCount);
        int rowOffset = ((output + vertical.Placement.Offset) * size) + plan.Horizontal.Placement.Offset;
        for (int channel = 0; channel < PixelNormalization.ChannelCount; channel++)
        {
            int stored = isBgra ? PixelNormalization.ChannelCount - 1 - channel : channel;
            Span<float> target = destination.Slice((channel * size * size) + rowOffset, plan.Horizontal.Placement.Count);
            ring.Combine(vertical.Starts[output], weights, stored, normalization[channel], _clamp, target);
        }
    }

    private static RgbValues Reversed(RgbValues values) => new(values.Blue, values.Green, values.Red);

    private static void Transpose(Span<float> plane, int size)
    {
        for (int y = 1; y < size; y++)
        {
            for (int x = 0; x < y; x++)
            {
                (plane[(y * size) + x], plane[(x * size) + y]) = (plane[(x * size) + y], plane[(y * size) + x]);
            }
        }
    }
}
