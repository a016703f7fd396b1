using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Resizes rows of 4-byte pixels along x: one row of levels for each of red, green and blue.</summary>
internal readonly ref struct RowResampler : IDisposable
{
    private readonly AxisTaps _taps;
    private readonly float[] _rented;
    private readonly Span<float> _row;
    private readonly Vector4 _background;

    /// <param name="taps">The taps along x.</param>
    /// <param name="background">The colour below transparent pixels, in the order of the stored channels.</param>
    internal RowResampler(AxisTaps taps, RgbValues background)
    {
        _taps = taps;
        _background = new(background.Red, background.Green, background.Blue, 0);
        int pixelCount = Math.Max(taps.Length, taps.TapCount);
        _rented = ArrayPool<float>.Shared.Rent(pixelCount * PixelSource.BytesPerPixel);
        _row = _rented.AsSpan(0, pixelCount * PixelSource.BytesPerPixel);

        // A picture narrower than the filter has taps of weight 0 behind its end; what they read must be finite.
        _row[(taps.Length * PixelSource.BytesPerPixel)..].Clear();
    }

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);

    /// <summary>Resizes one row.</summary>
    /// <param name="pixels">The needed pixels of the row.</param>
    /// <param name="planes">Three rows, one behind the other, in the order of the stored channels.</param>
    /// <param name="hasAlpha">Whether to lay the colours over the background.</param>
    /// <param name="clamp">Whether the filter may leave the range of levels.</param>
    internal void Resize(ReadOnlySpan<byte> pixels, Span<float> planes, bool hasAlpha, bool clamp)
    {
        Widen(pixels, _row);
        int stride = planes.Length / PixelNormalization.ChannelCount;
        for (int output = 0; output < _taps.Starts.Length; output += AxisTaps.OutputAlignment)
        {
            (Vector128<float> first, Vector128<float> second, Vector128<float> third, Vector128<float> alpha) = FourPixels(output);
            if (hasAlpha)
            {
                Vector128<float> uncovered = Vector128<float>.One - (alpha * (1 / PixelNormalization.MaxLevel));
                first += uncovered * _background.X;
                second += uncovered * _background.Y;
                third += uncovered * _background.Z;
            }

            if (clamp)
            {
                (first, second, third) = (Clamp(first), Clamp(second), Clamp(third));
            }

            ref float target = ref Unsafe.Add(ref MemoryMarshal.GetReference(planes), output);
            first.StoreUnsafe(ref target);
            second.StoreUnsafe(ref target, (nuint)stride);
            third.StoreUnsafe(ref target, (nuint)(2 * stride));
        }
    }

    /// <summary>Returns four output pixels, a vector for each channel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector128<float> First, Vector128<float> Second, Vector128<float> Third, Vector128<float> Alpha) FourPixels(int output)
    {
        Vector128<float> a = Pixel(output);
        Vector128<float> b = Pixel(output + 1);
        Vector128<float> c = Pixel(output + 2);
        Vector128<float> d = Pixel(output + 3);
        (Vector128<float> ac01, Vector128<float> ac23) = Interleave(a, c);
        (Vector128<float> bd01, Vector128<float> bd23) = Interleave(b, d);
        (Vector128<float> first, Vector128<float> second) = Interleave(ac01, bd01);
        (Vector128<float> third, Vector128<float> alpha) = Interleave(ac23, bd23);
        return (first, second, third, alpha);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Pixel(int output)
    {
        int tapCount = _taps.TapCount;
        ref float weight = ref Unsafe.Add(ref MemoryMarshal.GetReference(_taps.Weights), output * tapCount);
        ref float pixel = ref Unsafe.Add(ref MemoryMarshal.GetReference(_row), _taps.Starts[output] * PixelSource.BytesPerPixel);
        Vector128<float> sum = Vector128<float>.Zero;
        for (int tap = 0; tap < tapCount; tap++)
        {
            Vector128<float> value = Vector128.LoadUnsafe(ref pixel, (nuint)(tap * PixelSource.BytesPerPixel));
            sum = Vector128.MultiplyAddEstimate(value, Vector128.Create(Unsafe.Add(ref weight, tap)), sum);
        }

        return sum;
    }

    /// <summary>Returns (a0, b0, a1, b1) and (a2, b2, a3, b3).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector128<float> Low, Vector128<float> High) Interleave(Vector128<float> a, Vector128<float> b) => (
        Vector128.Shuffle(Vector128.Create(a.GetLower(), b.GetLower()), Vector128.Create(0, 2, 1, 3)),
        Vector128.Shuffle(Vector128.Create(a.GetUpper(), b.GetUpper()), Vector128.Create(0, 2, 1, 3)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Clamp(Vector128<float> levels) =>
        Vector128.Min(Vector128.Max(levels, Vector128<float>.Zero), Vector128.Create(PixelNormalization.MaxLevel));

    private static void Widen(ReadOnlySpan<byte> bytes, Span<float> levels)
    {
        int i = 0;
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        ref float target = ref MemoryMarshal.GetReference(levels);
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out Vector<ushort> low, out Vector<ushort> high);
            Store(low, ref target, i);
            Store(high, ref target, i + Vector<ushort>.Count);
        }

        for (; i < bytes.Length; i++)
        {
            levels[i] = bytes[i];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<ushort> values, ref float target, int index)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).StoreUnsafe(ref target, (nuint)index);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).StoreUnsafe(ref target, (nuint)(index + Vector<uint>.Count));
    }
}
