using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.FineTuning;

/// <summary>Computes a row of a depthwise convolution before its batch norm, with the sums that the batch norm needs.</summary>
internal static unsafe class DepthwiseForward
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TSimd, TVector, TStride>(in DepthwiseForwardRow row)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TStride : unmanaged
    {
        nint input = row.InputStride;
        nint step = sizeof(TStride) * input;
        nint next = row.Channels;
        bool isStreamed = row.IsStreamed;
        int first = row.PaddingBefore;
        int last = Math.Max(first, row.Width - row.PaddingAfter);
        for (int channel = 0; channel < row.Channels; channel += TSimd.Count)
        {
            float* weights = row.Weights + channel;
            TVector w0 = TSimd.Load(weights);
            TVector w1 = TSimd.Load(weights + next);
            TVector w2 = TSimd.Load(weights + 2 * next);
            TVector w3 = TSimd.Load(weights + 3 * next);
            TVector w4 = TSimd.Load(weights + 4 * next);
            TVector w5 = TSimd.Load(weights + 5 * next);
            TVector w6 = TSimd.Load(weights + 6 * next);
            TVector w7 = TSimd.Load(weights + 7 * next);
            TVector w8 = TSimd.Load(weights + 8 * next);
            TVector sum = TSimd.Load(row.Sums + channel);
            TVector squares = TSimd.Load(row.SquareSums + channel);
            float* row0 = row.Row0 + channel;
            float* row1 = row.Row1 + channel;
            float* row2 = row.Row2 + channel;
            float* output = row.Output + channel;
            if (first > 0)
            {
                bool hasRight = row.PaddingAfter == 0 || row.Width > 1;
                TVector edge = Edge<TSimd, TVector>(weights, next, row0 - input, row1 - input, row2 - input, input, hasLeft: false, hasRight);
                Store<TSimd, TVector>(edge, output, isStreamed, ref sum, ref squares);
                row0 += step - input;
                row1 += step - input;
                row2 += step - input;
                output += next;
            }

            int x = first;
            for (; x + 1 < last; x += 2)
            {
                TVector s0 = default, s1 = default;
                Add<TSimd, TVector, TStride>(row0, input, w0, w1, w2, ref s0, ref s1);
                Add<TSimd, TVector, TStride>(row1, input, w3, w4, w5, ref s0, ref s1);
                Add<TSimd, TVector, TStride>(row2, input, w6, w7, w8, ref s0, ref s1);
                Store<TSimd, TVector>(s0, output, isStreamed, ref sum, ref squares);
                Store<TSimd, TVector>(s1, output + next, isStreamed, ref sum, ref squares);
                row0 += 2 * step;
                row1 += 2 * step;
                row2 += 2 * step;
                output += 2 * next;
            }

            if (x < last)
            {
                TVector s0 = Add<TSimd, TVector>(row0, input, w0, w1, w2, default);
                s0 = Add<TSimd, TVector>(row1, input, w3, w4, w5, s0);
                s0 = Add<TSimd, TVector>(row2, input, w6, w7, w8, s0);
                Store<TSimd, TVector>(s0, output, isStreamed, ref sum, ref squares);
                row0 += step;
                row1 += step;
                row2 += step;
                output += next;
                x++;
            }

            if (x < row.Width)
            {
                Store<TSimd, TVector>(
                    Edge<TSimd, TVector>(weights, next, row0, row1, row2, input, hasLeft: true, hasRight: false), output, isStreamed, ref sum, ref squares);
            }

            TSimd.Store(sum, row.Sums + channel);
            TSimd.Store(squares, row.SquareSums + channel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector>(TVector value, float* output, bool isStreamed, ref TVector sum, ref TVector squares)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        sum = TSimd.Add(sum, value);
        squares = TSimd.MultiplyAdd(value, value, squares);
        ChannelPasses.Store<TSimd, TVector>(value, output, isStreamed);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TSimd, TVector>(float* input, nint stride, TVector w0, TVector w1, TVector w2, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        sum = TSimd.MultiplyAdd(TSimd.Load(input), w0, sum);
        sum = TSimd.MultiplyAdd(TSimd.Load(input + stride), w1, sum);
        return TSimd.MultiplyAdd(TSimd.Load(input + 2 * stride), w2, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector, TStride>(float* input, nint stride, TVector w0, TVector w1, TVector w2, ref TVector s0, ref TVector s1)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TStride : unmanaged
    {
        if (sizeof(TStride) == 1)
        {
            TVector v1 = TSimd.Load(input + stride);
            TVector v2 = TSimd.Load(input + 2 * stride);
            s0 = TSimd.MultiplyAdd(TSimd.Load(input), w0, s0);
            s0 = TSimd.MultiplyAdd(v1, w1, s0);
            s0 = TSimd.MultiplyAdd(v2, w2, s0);
            s1 = TSimd.MultiplyAdd(v1, w0, s1);
            s1 = TSimd.MultiplyAdd(v2, w1, s1);
            s1 = TSimd.MultiplyAdd(TSimd.Load(input + 3 * stride), w2, s1);
        }
        else
        {
            TVector v2 = TSimd.Load(input + 2 * stride);
            s0 = TSimd.MultiplyAdd(TSimd.Load(input), w0, s0);
            s0 = TSimd.MultiplyAdd(TSimd.Load(input + stride), w1, s0);
            s0 = TSimd.MultiplyAdd(v2, w2, s0);
            s1 = TSimd.MultiplyAdd(v2, w0, s1);
            s1 = TSimd.MultiplyAdd(TSimd.Load(input + 3 * stride), w1, s1);
            s1 = TSimd.MultiplyAdd(TSimd.Load(input + 4 * stride), w2, s1);
        }
    }

    /// <summary>Computes a pixel that lacks a column of neighbors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Edge<TSimd, TVector>(
        float* weights, nint next, float* row0, float* row1, float* row2, nint stride, bool hasLeft, bool hasRight)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = AddColumn<TSimd, TVector>(weights + next, next, row0 + stride, row1 + stride, row2 + stride, default);
        if (hasLeft)
        {
            sum = AddColumn<TSimd, TVector>(weights, next, row0, row1, row2, sum);
        }

        return hasRight ? AddColumn<TSimd, TVector>(weights + 2 * next, next, row0 + 2 * stride, row1 + 2 * stride, row2 + 2 * stride, sum) : sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddColumn<TSimd, TVector>(float* weights, nint next, float* row0, float* row1, float* row2, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        sum = TSimd.MultiplyAdd(TSimd.Load(row0), TSimd.Load(weights), sum);
        sum = TSimd.MultiplyAdd(TSimd.Load(row1), TSimd.Load(weights + 3 * next), sum);
        return TSimd.MultiplyAdd(TSimd.Load(row2), TSimd.Load(weights + 6 * next), sum);
    }
}
