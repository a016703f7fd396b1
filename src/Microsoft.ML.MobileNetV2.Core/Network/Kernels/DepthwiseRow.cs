using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes a row of a depthwise convolution for one register of channels; the weights stay in registers.</summary>
internal static unsafe class DepthwiseRow
{
    private const int PixelsTogether = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TSimd, TVector, TStride>(DepthwiseRowArguments* row)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TStride : unmanaged
    {
        int lanes = TSimd.Count;
        float* weights = row->Weights;
        TVector bias = TSimd.Load(weights + 9 * lanes);
        TVector w0 = TSimd.Load(weights);
        TVector w1 = TSimd.Load(weights + lanes);
        TVector w2 = TSimd.Load(weights + 2 * lanes);
        TVector w3 = TSimd.Load(weights + 3 * lanes);
        TVector w4 = TSimd.Load(weights + 4 * lanes);
        TVector w5 = TSimd.Load(weights + 5 * lanes);
        TVector w6 = TSimd.Load(weights + 6 * lanes);
        TVector w7 = TSimd.Load(weights + 7 * lanes);
        TVector w8 = TSimd.Load(weights + 8 * lanes);
        float* row0 = row->Row0;
        float* row1 = row->Row1;
        float* row2 = row->Row2;
        float* output = row->Output;
        nint stride = row->OutputStride;
        int width = row->Width;
        int step = sizeof(TStride) * lanes;
        int first = row->PaddingBefore;
        int last = Math.Max(first, width - row->PaddingAfter);
        if (first > 0)
        {
            bool hasRight = row->PaddingAfter == 0 || width > 1;
            Edge<TSimd, TVector>(weights, row0 - lanes, row1 - lanes, row2 - lanes, hasLeft: false, hasRight, output);
            int skipped = step - lanes;
            row0 += skipped;
            row1 += skipped;
            row2 += skipped;
            output += stride;
        }

        int x = first;
        for (; x <= last - PixelsTogether; x += PixelsTogether)
        {
            TVector s0 = default, s1 = default, s2 = default, s3 = default;
            Add<TSimd, TVector, TStride>(row0, w0, w1, w2, ref s0, ref s1, ref s2, ref s3);
            Add<TSimd, TVector, TStride>(row1, w3, w4, w5, ref s0, ref s1, ref s2, ref s3);
            Add<TSimd, TVector, TStride>(row2, w6, w7, w8, ref s0, ref s1, ref s2, ref s3);
            TSimd.Store(TSimd.Relu6(TSimd.Add(s0, bias)), output);
            TSimd.Store(TSimd.Relu6(TSimd.Add(s1, bias)), output + stride);
            TSimd.Store(TSimd.Relu6(TSimd.Add(s2, bias)), output + 2 * stride);
            TSimd.Store(TSimd.Relu6(TSimd.Add(s3, bias)), output + 3 * stride);
            row0 += PixelsTogether * step;
            row1 += PixelsTogether * step;
            row2 += PixelsTogether * step;
            output += PixelsTogether * stride;
        }

        for (; x < last; x++)
        {
            TVector sum = Add<TSimd, TVector>(row0, w0, w1, w2, default);
            sum = Add<TSimd, TVector>(row1, w3, w4, w5, sum);
            sum = Add<TSimd, TVector>(row2, w6, w7, w8, sum);
            TSimd.Store(TSimd.Relu6(TSimd.Add(sum, bias)), output);
            row0 += step;
            row1 += step;
            row2 += step;
            output += stride;
        }

        if (x < width)
        {
            Edge<TSimd, TVector>(weights, row0, row1, row2, hasLeft: true, hasRight: false, output);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Add<TSimd, TVector>(float* input, TVector w0, TVector w1, TVector w2, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        sum = TSimd.MultiplyAdd(TSimd.Load(input), w0, sum);
        sum = TSimd.MultiplyAdd(TSimd.Load(input + TSimd.Count), w1, sum);
        return TSimd.MultiplyAdd(TSimd.Load(input + 2 * TSimd.Count), w2, sum);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector, TStride>(
        float* input, TVector w0, TVector w1, TVector w2, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TStride : unmanaged
    {
        TVector v0 = TSimd.Load(input);
        TVector v1 = TSimd.Load(input + TSimd.Count);
        TVector v2 = TSimd.Load(input + 2 * TSimd.Count);
        TVector v3 = TSimd.Load(input + 3 * TSimd.Count);
        TVector v4 = TSimd.Load(input + 4 * TSimd.Count);
        TVector v5 = TSimd.Load(input + 5 * TSimd.Count);
        s0 = TSimd.MultiplyAdd(v0, w0, s0);
        s0 = TSimd.MultiplyAdd(v1, w1, s0);
        s0 = TSimd.MultiplyAdd(v2, w2, s0);
        if (sizeof(TStride) == 1)
        {
            s1 = TSimd.MultiplyAdd(v1, w0, s1);
            s1 = TSimd.MultiplyAdd(v2, w1, s1);
            s1 = TSimd.MultiplyAdd(v3, w2, s1);
            s2 = TSimd.MultiplyAdd(v2, w0, s2);
            s2 = TSimd.MultiplyAdd(v3, w1, s2);
            s2 = TSimd.MultiplyAdd(v4, w2, s2);
            s3 = TSimd.MultiplyAdd(v3, w0, s3);
            s3 = TSimd.MultiplyAdd(v4, w1, s3);
            s3 = TSimd.MultiplyAdd(v5, w2, s3);
        }
        else
        {
            s1 = TSimd.MultiplyAdd(v2, w0, s1);
            s1 = TSimd.MultiplyAdd(v3, w1, s1);
            s1 = TSimd.MultiplyAdd(v4, w2, s1);
            s2 = Add<TSimd, TVector>(input + 4 * TSimd.Count, w0, w1, w2, s2);
            s3 = Add<TSimd, TVector>(input + 6 * TSimd.Count, w0, w1, w2, s3);
        }
    }

    /// <summary>Computes a pixel that lacks a column of neighbors.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Edge<TSimd, TVector>(float* weights, float* row0, float* row1, float* row2, bool hasLeft, bool hasRight, float* output)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector sum = AddRow<TSimd, TVector>(weights, row0, hasLeft, hasRight, default);
        sum = AddRow<TSimd, TVector>(weights + 3 * TSimd.Count, row1, hasLeft, hasRight, sum);
        sum = AddRow<TSimd, TVector>(weights + 6 * TSimd.Count, row2, hasLeft, hasRight, sum);
        TSimd.Store(TSimd.Relu6(TSimd.Add(sum, TSimd.Load(weights + 9 * TSimd.Count))), output);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector AddRow<TSimd, TVector>(float* weights, float* input, bool hasLeft, bool hasRight, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        if (hasLeft)
        {
            sum = TSimd.MultiplyAdd(TSimd.Load(input), TSimd.Load(weights), sum);
        }

        sum = TSimd.MultiplyAdd(TSimd.Load(input + TSimd.Count), TSimd.Load(weights + TSimd.Count), sum);
        return hasRight ? TSimd.MultiplyAdd(TSimd.Load(input + 2 * TSimd.Count), TSimd.Load(weights + 2 * TSimd.Count), sum) : sum;
    }
}
