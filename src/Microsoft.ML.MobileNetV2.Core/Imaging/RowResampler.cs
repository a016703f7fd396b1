using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Resizes rows of 4-byte pixels along x: one row of levels for each of the three colors.</summary>
internal readonly ref struct RowResampler : IDisposable
{
    private readonly AxisTaps _taps;
    private readonly float[] _row;

    /// <param name="taps">The taps along x.</param>
    internal RowResampler(AxisTaps taps)
    {
        _taps = taps;
        int length = Math.Max(taps.Length, taps.TapCount) * PixelRows.BytesPerPixel;
        _row = ArrayPool<float>.Shared.Rent(length);

        // An image narrower than the filter has taps of weight 0 past its end; what they read must be finite.
        _row.AsSpan((taps.Length * PixelRows.BytesPerPixel)..length).Clear();
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_row);

    /// <summary>Reads and resizes one row.</summary>
    /// <param name="rows">The stored rows.</param>
    /// <param name="y">Index of the row.</param>
    /// <param name="background">The color below transparent pixels, in the order of the stored channels; null where all are opaque.</param>
    /// <param name="clamp">Whether the filter may leave the range of levels.</param>
    /// <param name="planes">Three rows, one after the other, in the order of the stored channels.</param>
    internal void Resize(PixelRows rows, int y, RgbValues? background, bool clamp, Span<float> planes)
    {
        Span<float> levels = _row.AsSpan(0, _taps.Length * PixelRows.BytesPerPixel);
        rows.Read(y, levels);
        if (background is { } color)
        {
            PixelRow.Cover(color, levels);
        }

        Resize(planes);
        if (clamp)
        {
            TensorPrimitives.Clamp(planes, 0, PixelNormalization.MaxLevel, planes);
        }
    }

    private void Resize(Span<float> planes)
    {
        ref float row = ref MemoryMarshal.GetArrayDataReference(_row);
        ref float weights = ref MemoryMarshal.GetReference(_taps.Weights);
        ref int starts = ref MemoryMarshal.GetReference(_taps.Starts);
        ref float target = ref MemoryMarshal.GetReference(planes);
        int tapCount = _taps.TapCount;
        int outputCount = _taps.Starts.Length;
        for (int output = 0; output < outputCount; output += AxisTaps.OutputAlignment)
        {
            (Vector128<float> first, Vector128<float> second, Vector128<float> third) =
                FourPixels(ref row, ref Unsafe.Add(ref starts, output), ref Unsafe.Add(ref weights, output * tapCount), tapCount);
            first.StoreUnsafe(ref target, (nuint)output);
            second.StoreUnsafe(ref target, (nuint)(outputCount + output));
            third.StoreUnsafe(ref target, (nuint)((2 * outputCount) + output));
        }
    }

    /// <summary>Returns four output pixels, a vector for each color.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third) FourPixels(
        ref float row, ref int starts, ref float weights, int tapCount)
    {
        ref float pixelA = ref Unsafe.Add(ref row, starts * PixelRows.BytesPerPixel);
        ref float pixelB = ref Unsafe.Add(ref row, Unsafe.Add(ref starts, 1) * PixelRows.BytesPerPixel);
        ref float pixelC = ref Unsafe.Add(ref row, Unsafe.Add(ref starts, 2) * PixelRows.BytesPerPixel);
        ref float pixelD = ref Unsafe.Add(ref row, Unsafe.Add(ref starts, 3) * PixelRows.BytesPerPixel);
        Vector128<float> a = Vector128<float>.Zero;
        Vector128<float> b = a;
        Vector128<float> c = a;
        Vector128<float> d = a;
        for (nint tap = 0; tap < tapCount; tap++)
        {
            // The four sums are independent, which hides the latency of each.
            nuint pixel = (nuint)(tap * PixelRows.BytesPerPixel);
            a = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref pixelA, pixel), Vector128.Create(Unsafe.Add(ref weights, tap)), a);
            b = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref pixelB, pixel), Vector128.Create(Unsafe.Add(ref weights, tap + tapCount)), b);
            c = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref pixelC, pixel), Vector128.Create(Unsafe.Add(ref weights, tap + (2 * tapCount))), c);
            d = Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref pixelD, pixel), Vector128.Create(Unsafe.Add(ref weights, tap + (3 * tapCount))), d);
        }

        return PixelRow.Transpose(a, b, c, d);
    }
}
