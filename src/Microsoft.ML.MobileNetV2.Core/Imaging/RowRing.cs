using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Keeps the last resized rows, as many as the filter spans along y, and combines them into output rows.</summary>
internal readonly ref struct RowRing : IDisposable
{
    private readonly float[] _rented;
    private readonly int _planeLength;

    /// <param name="slotCount">How many rows to keep.</param>
    /// <param name="planeLength">Length of a row of one channel.</param>
    internal RowRing(int slotCount, int planeLength)
    {
        SlotCount = slotCount;
        _planeLength = planeLength;
        _rented = ArrayPool<float>.Shared.Rent(slotCount * RowLength);
    }

    internal int SlotCount { get; }

    private int RowLength => PixelNormalization.ChannelCount * _planeLength;

    public void Dispose() => ArrayPool<float>.Shared.Return(_rented);

    /// <summary>Returns where a row is kept: three channels, one after the other.</summary>
    internal Span<float> Slot(int row) => _rented.AsSpan(row % SlotCount * RowLength, RowLength);

    /// <summary>Combines rows of one channel and normalizes the sum.</summary>
    /// <param name="start">The first row.</param>
    /// <param name="weights">A weight for each row.</param>
    /// <param name="channel">The channel in the order of the slots.</param>
    /// <param name="normalization">What the sum is multiplied with, then what is added.</param>
    /// <param name="clamp">Whether the sum may leave the range of levels.</param>
    /// <param name="target">The output row.</param>
    internal void Combine(
        int start, ReadOnlySpan<float> weights, int channel, (float Scale, float Bias) normalization, bool clamp, Span<float> target)
    {
        ref float slots = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_rented), channel * _planeLength);
        Vector<float> scale = new(normalization.Scale);
        Vector<float> bias = new(normalization.Bias);
        int x = 0;
        for (; x <= target.Length - Vector<float>.Count; x += Vector<float>.Count)
        {
            Vector<float> sum = Sum(ref Unsafe.Add(ref slots, x), start, weights);
            if (clamp)
            {
                sum = Vector.Min(Vector.Max(sum, Vector<float>.Zero), new(PixelNormalization.MaxLevel));
            }

            Vector.MultiplyAddEstimate(sum, scale, bias).CopyTo(target[x..]);
        }

        for (; x < target.Length; x++)
        {
            float sum = ScalarSum(ref Unsafe.Add(ref slots, x), start, weights);
            sum = clamp ? Math.Clamp(sum, 0, PixelNormalization.MaxLevel) : sum;
            target[x] = (sum * normalization.Scale) + normalization.Bias;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector<float> Sum(ref float slots, int start, ReadOnlySpan<float> weights)
    {
        Vector<float> sum = Vector<float>.Zero;
        int slot = start % SlotCount;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            sum = Vector.MultiplyAddEstimate(Vector.LoadUnsafe(ref slots, (nuint)(slot * RowLength)), new Vector<float>(weights[tap]), sum);
            slot = slot + 1 == SlotCount ? 0 : slot + 1;
        }

        return sum;
    }

    private float ScalarSum(ref float slots, int start, ReadOnlySpan<float> weights)
    {
        float sum = 0;
        for (int tap = 0; tap < weights.Length; tap++)
        {
            sum += Unsafe.Add(ref slots, (start + tap) % SlotCount * RowLength) * weights[tap];
        }

        return sum;
    }
}
