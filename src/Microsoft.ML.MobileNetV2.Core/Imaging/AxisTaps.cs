namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents, for each output pixel of one axis, the source pixels that it is made of and their weights.</summary>
internal sealed class AxisTaps
{
    /// <summary>Specifies how many output pixels the vector kernels compute at a time; the tables are padded with outputs of weight 0.</summary>
    internal const int OutputAlignment = 4;

    private readonly int[] _starts;
    private readonly float[] _weights;

    private AxisTaps(AxisPlacement placement, int tapCount, int first)
    {
        Placement = placement;
        TapCount = tapCount;
        First = first;
        int paddedCount = (placement.Count + OutputAlignment - 1) / OutputAlignment * OutputAlignment;
        _starts = new int[paddedCount];
        _weights = new float[paddedCount * tapCount];
    }

    internal AxisPlacement Placement { get; }

    /// <summary>Gets the number of weights of each output; those that it does not need are 0.</summary>
    internal int TapCount { get; }

    /// <summary>Gets the first source pixel that any output needs.</summary>
    internal int First { get; }

    /// <summary>Gets the number of source pixels that are needed, from <see cref="First"/> on.</summary>
    internal int Length { get; private set; }

    /// <summary>Gets a value indicating whether later outputs need earlier source pixels.</summary>
    internal bool IsMirrored { get; private init; }

    /// <summary>Gets each output's first source pixel, counted from <see cref="First"/>.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>Gets the weights, <see cref="TapCount"/> for each output.</summary>
    internal ReadOnlySpan<float> Weights => _weights;

    /// <summary>Computes the taps as Pillow does: centers of pixels at half integers, the filter widened when the axis shrinks.</summary>
    /// <param name="source">The stored axis.</param>
    /// <param name="placement">What becomes of it.</param>
    /// <param name="interpolation">The filter.</param>
    internal static AxisTaps Create(SourceAxis source, AxisPlacement placement, ImageInterpolation interpolation)
    {
        Window window = new(source, placement, interpolation);
        (int first, int end) = window.Range(placement);
        int tapCount = window.MaxTapCount(placement);
        AxisTaps taps = new(placement, tapCount, source.IsMirrored ? source.Length - end : first)
        {
            IsMirrored = source.IsMirrored,
            Length = end - first,
        };
        double[] weights = new double[tapCount];
        for (int i = 0; i < placement.Count; i++)
        {
            (int start, int count) = window.Fill(placement.First + i, weights);
            taps.Store(i, start - first, weights.AsSpan(0, count));
        }

        return taps;
    }

    private void Store(int output, int start, Span<double> weights)
    {
        if (IsMirrored)
        {
            start = Length - start - weights.Length;
            weights.Reverse();
        }

        // A window at the end of the axis moves left, so that reading all taps never leaves the needed pixels.
        int shift = Math.Min(start, Math.Max(0, start + TapCount - Length));
        _starts[output] = start - shift;
        Span<float> row = _weights.AsSpan(output * TapCount, TapCount);
        for (int i = 0; i < weights.Length; i++)
        {
            row[shift + i] = (float)weights[i];
        }
    }

    /// <summary>Slides the filter along the upright axis.</summary>
    private readonly struct Window(SourceAxis source, AxisPlacement placement, ImageInterpolation interpolation)
    {
        private readonly double _scale = source.Extent / placement.ScaledLength;
        private readonly double _widening = Math.Max(1, source.Extent / placement.ScaledLength);

        private double Radius => ResizeFilter.Radius(interpolation) * _widening;

        internal (int First, int End) Range(AxisPlacement needed) =>
            (Bounds(needed.First).First, Bounds(needed.First + needed.Count - 1).End);

        internal int MaxTapCount(AxisPlacement needed)
        {
            int most = 1;
            for (int i = 0; i < needed.Count; i++)
            {
                (int first, int end) = Bounds(needed.First + i);
                most = Math.Max(most, end - first);
            }

            return most;
        }

        /// <summary>Writes the weights of an output pixel, which sum to 1, and returns where they begin and how many they are.</summary>
        internal (int Start, int Count) Fill(double output, Span<double> weights)
        {
            (int first, int end) = Bounds(output);
            double center = Center(output);
            double sum = 0;
            for (int i = first; i < end; i++)
            {
                double weight = ResizeFilter.Weight(interpolation, (i + 0.5 - center) / _widening);
                weights[i - first] = weight;
                sum += weight;
            }

            for (int i = 0; i < end - first; i++)
            {
                weights[i] /= sum;
            }

            return (first, end - first);
        }

        // The part of a pixel beyond the extent lies at the stored end, which is the upright beginning of a mirrored axis.
        private double Center(double output) => ((output + 0.5) * _scale) + (source.IsMirrored ? source.Length - source.Extent : 0);

        private (int First, int End) Bounds(double output)
        {
            double center = Center(output);
            int first = Math.Clamp((int)(center - Radius + 0.5), 0, source.Length - 1);
            int end = Math.Clamp((int)(center + Radius + 0.5), first + 1, source.Length);
            return (first, end);
        }
    }
}
