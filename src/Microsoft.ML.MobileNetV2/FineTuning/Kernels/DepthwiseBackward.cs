using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Passes the gradient of a depthwise convolution back to a row of its input, and sums the gradient of its weights.</summary>
/// <remarks>
/// With o output rows and r the input row: dx[r] = Σ dz[o] ∗ w[r + padding − stride · o], and dw[r + padding − stride · o] += x[r] · dz[o], so the
/// activations are needed at the row itself only.
/// </remarks>
internal static unsafe class DepthwiseBackward
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void RunStrideOne<TSimd, TVector>(in DepthwiseBackwardRow row)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint next = row.Channels;
        nint stride = row.Stride;
        for (int channel = 0; channel < row.Channels; channel += TSimd.Count)
        {
            float* weights = row.Weights + channel;
            float* gradient = row.WeightsGradient + channel;
            TVector w0 = TSimd.Load(weights), w1 = TSimd.Load(weights + next), w2 = TSimd.Load(weights + 2 * next);
            TVector w3 = TSimd.Load(weights + 3 * next), w4 = TSimd.Load(weights + 4 * next), w5 = TSimd.Load(weights + 5 * next);
            TVector w6 = TSimd.Load(weights + 6 * next), w7 = TSimd.Load(weights + 7 * next), w8 = TSimd.Load(weights + 8 * next);
            TVector e0 = TSimd.Load(gradient), e1 = TSimd.Load(gradient + next), e2 = TSimd.Load(gradient + 2 * next);
            TVector e3 = TSimd.Load(gradient + 3 * next), e4 = TSimd.Load(gradient + 4 * next), e5 = TSimd.Load(gradient + 5 * next);
            TVector e6 = TSimd.Load(gradient + 6 * next), e7 = TSimd.Load(gradient + 7 * next), e8 = TSimd.Load(gradient + 8 * next);
            TVector sum = TSimd.Load(row.Sums + channel);
            float* z0 = row.Row0 + channel;
            float* z1 = row.Row1 + channel;
            float* z2 = row.Row2 + channel;
            float* activations = row.Activations + channel;
            float* output = row.Output + channel;
            for (int x = 0; x < row.Width; x++)
            {
                TVector a = TSimd.Load(activations);
                TVector dx = default;

                // The pixel is the last of the kernel to its left, and the first of the kernel to its right.
                Step<TSimd, TVector>(z0, stride, a, w0, w1, w2, ref e0, ref e1, ref e2, ref dx);
                Step<TSimd, TVector>(z1, stride, a, w3, w4, w5, ref e3, ref e4, ref e5, ref dx);
                Step<TSimd, TVector>(z2, stride, a, w6, w7, w8, ref e6, ref e7, ref e8, ref dx);
                dx = TSimd.Relu6Gradient(a, dx);
                sum = TSimd.Add(sum, dx);
                TSimd.Store(dx, output);
                z0 += stride;
                z1 += stride;
                z2 += stride;
                activations += stride;
                output += stride;
            }

            Store<TSimd, TVector>(gradient, next, e0, e1, e2);
            Store<TSimd, TVector>(gradient + 3 * next, next, e3, e4, e5);
            Store<TSimd, TVector>(gradient + 6 * next, next, e6, e7, e8);
            TSimd.Store(sum, row.Sums + channel);
        }
    }

    /// <summary>Passes back what one or two output rows give; with stride 2 an input row is seen by the first and third row of kernels, or by the second.</summary>
    /// <param name="row">The row.</param>
    /// <param name="upper">An output row.</param>
    /// <param name="upperTap">The index of the first weight with which it sees the input row.</param>
    /// <param name="lower">Another output row; null for none.</param>
    /// <param name="lowerTap">The index of its first weight.</param>
    internal static void RunStrideTwo<TSimd, TVector>(in DepthwiseBackwardRow row, float* upper, int upperTap, float* lower, int lowerTap)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        for (int channel = 0; channel < row.Channels; channel += TSimd.Count)
        {
            if (lower is null)
            {
                RunChannels<TSimd, TVector>(row, channel, upper, upperTap);
            }
            else
            {
                RunChannels<TSimd, TVector>(row, channel, upper, upperTap, lower, lowerTap);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChannels<TSimd, TVector>(in DepthwiseBackwardRow row, int channel, float* source, int tap)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint next = row.Channels;
        nint stride = row.Stride;
        float* weights = row.Weights + channel + tap * next;
        float* gradient = row.WeightsGradient + channel + tap * next;
        TVector w0 = TSimd.Load(weights), w1 = TSimd.Load(weights + next), w2 = TSimd.Load(weights + 2 * next);
        TVector e0 = TSimd.Load(gradient), e1 = TSimd.Load(gradient + next), e2 = TSimd.Load(gradient + 2 * next);
        TVector sum = TSimd.Load(row.Sums + channel);
        float* activations = row.Activations + channel;
        float* output = row.Output + channel;
        float* z = source + channel;
        for (int x = 0, position = row.PaddingBefore; x < row.Width; x++, position++)
        {
            TVector a = TSimd.Load(activations);
            TVector dx = default;
            float* right = z + (position / 2 + 1) * stride;
            if (position % 2 == 0)
            {
                Pair<TSimd, TVector>(right, stride, a, w0, w2, ref e0, ref e2, ref dx);
            }
            else
            {
                One<TSimd, TVector>(right, a, w1, ref e1, ref dx);
            }

            dx = TSimd.Relu6Gradient(a, dx);
            sum = TSimd.Add(sum, dx);
            TSimd.Store(dx, output);
            activations += stride;
            output += stride;
        }

        Store<TSimd, TVector>(gradient, next, e0, e1, e2);
        TSimd.Store(sum, row.Sums + channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RunChannels<TSimd, TVector>(in DepthwiseBackwardRow row, int channel, float* upper, int upperTap, float* lower, int lowerTap)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        nint next = row.Channels;
        nint stride = row.Stride;
        float* upperWeights = row.Weights + channel + upperTap * next;
        float* lowerWeights = row.Weights + channel + lowerTap * next;
        float* upperGradient = row.WeightsGradient + channel + upperTap * next;
        float* lowerGradient = row.WeightsGradient + channel + lowerTap * next;
        TVector w0 = TSimd.Load(upperWeights), w1 = TSimd.Load(upperWeights + next), w2 = TSimd.Load(upperWeights + 2 * next);
        TVector w3 = TSimd.Load(lowerWeights), w4 = TSimd.Load(lowerWeights + next), w5 = TSimd.Load(lowerWeights + 2 * next);
        TVector e0 = TSimd.Load(upperGradient), e1 = TSimd.Load(upperGradient + next), e2 = TSimd.Load(upperGradient + 2 * next);
        TVector e3 = TSimd.Load(lowerGradient), e4 = TSimd.Load(lowerGradient + next), e5 = TSimd.Load(lowerGradient + 2 * next);
        TVector sum = TSimd.Load(row.Sums + channel);
        float* activations = row.Activations + channel;
        float* output = row.Output + channel;
        upper += channel;
        lower += channel;
        for (int x = 0, position = row.PaddingBefore; x < row.Width; x++, position++)
        {
            TVector a = TSimd.Load(activations);
            TVector dx = default;
            nint right = (position / 2 + 1) * stride;
            if (position % 2 == 0)
            {
                Pair<TSimd, TVector>(upper + right, stride, a, w0, w2, ref e0, ref e2, ref dx);
                Pair<TSimd, TVector>(lower + right, stride, a, w3, w5, ref e3, ref e5, ref dx);
            }
            else
            {
                One<TSimd, TVector>(upper + right, a, w1, ref e1, ref dx);
                One<TSimd, TVector>(lower + right, a, w4, ref e4, ref dx);
            }

            dx = TSimd.Relu6Gradient(a, dx);
            sum = TSimd.Add(sum, dx);
            TSimd.Store(dx, output);
            activations += stride;
            output += stride;
        }

        Store<TSimd, TVector>(upperGradient, next, e0, e1, e2);
        Store<TSimd, TVector>(lowerGradient, next, e3, e4, e5);
        TSimd.Store(sum, row.Sums + channel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Step<TSimd, TVector>(
        float* source, nint stride, TVector a, TVector w0, TVector w1, TVector w2, ref TVector e0, ref TVector e1, ref TVector e2, ref TVector dx)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        One<TSimd, TVector>(source, a, w2, ref e2, ref dx);
        One<TSimd, TVector>(source + stride, a, w1, ref e1, ref dx);
        One<TSimd, TVector>(source + 2 * stride, a, w0, ref e0, ref dx);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pair<TSimd, TVector>(
        float* right, nint stride, TVector a, TVector first, TVector last, ref TVector firstGradient, ref TVector lastGradient, ref TVector dx)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        One<TSimd, TVector>(right, a, first, ref firstGradient, ref dx);
        One<TSimd, TVector>(right - stride, a, last, ref lastGradient, ref dx);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void One<TSimd, TVector>(float* source, TVector a, TVector weight, ref TVector weightGradient, ref TVector dx)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector z = TSimd.Load(source);
        dx = TSimd.MultiplyAdd(z, weight, dx);
        weightGradient = TSimd.MultiplyAdd(z, a, weightGradient);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(float* gradient, nint next, TVector e0, TVector e1, TVector e2)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TSimd.Store(e0, gradient);
        TSimd.Store(e1, gradient + next);
        TSimd.Store(e2, gradient + 2 * next);
    }
}
