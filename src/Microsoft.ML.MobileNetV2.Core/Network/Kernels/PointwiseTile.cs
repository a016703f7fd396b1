using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes a tile of a matrix product: some pixels times a panel of one to four registers of channels, every sum in a register of its own.</summary>
/// <remarks>
/// The input is read where it lies: each of its numbers is broadcast against a row of the packed panel. The method is written for the most pixels and
/// registers; the compiler leaves out those beyond <c>TRows</c> and <c>TVectors</c>, which are <see cref="Constants"/>. With <see cref="TileForms.Columns"/>
/// the left matrix is read transposed, and the right one where it lies: rows and depth change places, as the gradient of a weight needs it.
/// </remarks>
internal static unsafe class PointwiseTile
{
    internal const int MaxRows = 12;
    internal const int MaxVectors = 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<TSimd, TVector, TForm, TRows, TVectors>(PointwiseTileArguments* tile)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : unmanaged
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        nint stride = sizeof(TForm) == sizeof(TileForms.Rows) ? tile->InputStride : 1;
        nint inputStep = sizeof(TForm) == sizeof(TileForms.Rows) ? 1 : tile->InputStride;
        nint weightsStep = sizeof(TForm) == sizeof(TileForms.Rows) ? sizeof(TVectors) * TSimd.Count : tile->WeightsStride;
        nint twoStrides = 2 * stride;
        float* rows0 = tile->Input;
        float* rows3 = rows0 + 3 * stride;
        float* rows6 = rows3 + 3 * stride;
        float* rows9 = rows6 + 3 * stride;
        float* weights = tile->Weights;
        float* bias = tile->Bias;
        TVector b0 = TSimd.Load(bias);
        TVector b1 = Load<TSimd, TVector, TVectors>(1, bias);
        TVector b2 = Load<TSimd, TVector, TVectors>(2, bias);
        TVector b3 = Load<TSimd, TVector, TVectors>(3, bias);
        TVector s00 = b0, s01 = b1, s02 = b2, s03 = b3;
        TVector s10 = b0, s11 = b1, s12 = b2, s13 = b3;
        TVector s20 = b0, s21 = b1, s22 = b2, s23 = b3;
        TVector s30 = b0, s31 = b1, s32 = b2, s33 = b3;
        TVector s40 = b0, s41 = b1, s42 = b2, s43 = b3;
        TVector s50 = b0, s51 = b1, s52 = b2, s53 = b3;
        TVector s60 = b0, s61 = b1, s62 = b2, s63 = b3;
        TVector s70 = b0, s71 = b1, s72 = b2, s73 = b3;
        TVector s80 = b0, s81 = b1, s82 = b2, s83 = b3;
        TVector s90 = b0, s91 = b1, s92 = b2, s93 = b3;
        TVector s100 = b0, s101 = b1, s102 = b2, s103 = b3;
        TVector s110 = b0, s111 = b1, s112 = b2, s113 = b3;
        for (nint step = tile->Depth; step > 0; step--)
        {
            TVector w0 = TSimd.Load(weights);
            TVector w1 = Load<TSimd, TVector, TVectors>(1, weights);
            TVector w2 = Load<TSimd, TVector, TVectors>(2, weights);
            TVector w3 = Load<TSimd, TVector, TVectors>(3, weights);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(0, rows0, w0, w1, w2, w3, ref s00, ref s01, ref s02, ref s03);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(1, rows0 + stride, w0, w1, w2, w3, ref s10, ref s11, ref s12, ref s13);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(2, rows0 + twoStrides, w0, w1, w2, w3, ref s20, ref s21, ref s22, ref s23);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(3, rows3, w0, w1, w2, w3, ref s30, ref s31, ref s32, ref s33);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(4, rows3 + stride, w0, w1, w2, w3, ref s40, ref s41, ref s42, ref s43);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(5, rows3 + twoStrides, w0, w1, w2, w3, ref s50, ref s51, ref s52, ref s53);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(6, rows6, w0, w1, w2, w3, ref s60, ref s61, ref s62, ref s63);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(7, rows6 + stride, w0, w1, w2, w3, ref s70, ref s71, ref s72, ref s73);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(8, rows6 + twoStrides, w0, w1, w2, w3, ref s80, ref s81, ref s82, ref s83);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(9, rows9, w0, w1, w2, w3, ref s90, ref s91, ref s92, ref s93);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(10, rows9 + stride, w0, w1, w2, w3, ref s100, ref s101, ref s102, ref s103);
            MultiplyAdd<TSimd, TVector, TRows, TVectors>(11, rows9 + twoStrides, w0, w1, w2, w3, ref s110, ref s111, ref s112, ref s113);
            rows0 += inputStep;
            rows3 += inputStep;
            rows6 += inputStep;
            rows9 += inputStep;
            weights += weightsStep;
        }

        if (tile->HasRelu6)
        {
            Clip<TSimd, TVector, TRows, TVectors>(0, ref s00, ref s01, ref s02, ref s03);
            Clip<TSimd, TVector, TRows, TVectors>(1, ref s10, ref s11, ref s12, ref s13);
            Clip<TSimd, TVector, TRows, TVectors>(2, ref s20, ref s21, ref s22, ref s23);
            Clip<TSimd, TVector, TRows, TVectors>(3, ref s30, ref s31, ref s32, ref s33);
            Clip<TSimd, TVector, TRows, TVectors>(4, ref s40, ref s41, ref s42, ref s43);
            Clip<TSimd, TVector, TRows, TVectors>(5, ref s50, ref s51, ref s52, ref s53);
            Clip<TSimd, TVector, TRows, TVectors>(6, ref s60, ref s61, ref s62, ref s63);
            Clip<TSimd, TVector, TRows, TVectors>(7, ref s70, ref s71, ref s72, ref s73);
            Clip<TSimd, TVector, TRows, TVectors>(8, ref s80, ref s81, ref s82, ref s83);
            Clip<TSimd, TVector, TRows, TVectors>(9, ref s90, ref s91, ref s92, ref s93);
            Clip<TSimd, TVector, TRows, TVectors>(10, ref s100, ref s101, ref s102, ref s103);
            Clip<TSimd, TVector, TRows, TVectors>(11, ref s110, ref s111, ref s112, ref s113);
        }

        float* output = tile->Output;
        nint next = tile->OutputStride;
        nint vector = tile->VectorStride;
        float* addend = tile->Addend;
        if (addend is not null)
        {
            Add<TSimd, TVector, TRows, TVectors>(0, addend + 0 * next, output + 0 * next, vector, s00, s01, s02, s03);
            Add<TSimd, TVector, TRows, TVectors>(1, addend + 1 * next, output + 1 * next, vector, s10, s11, s12, s13);
            Add<TSimd, TVector, TRows, TVectors>(2, addend + 2 * next, output + 2 * next, vector, s20, s21, s22, s23);
            Add<TSimd, TVector, TRows, TVectors>(3, addend + 3 * next, output + 3 * next, vector, s30, s31, s32, s33);
            Add<TSimd, TVector, TRows, TVectors>(4, addend + 4 * next, output + 4 * next, vector, s40, s41, s42, s43);
            Add<TSimd, TVector, TRows, TVectors>(5, addend + 5 * next, output + 5 * next, vector, s50, s51, s52, s53);
            Add<TSimd, TVector, TRows, TVectors>(6, addend + 6 * next, output + 6 * next, vector, s60, s61, s62, s63);
            Add<TSimd, TVector, TRows, TVectors>(7, addend + 7 * next, output + 7 * next, vector, s70, s71, s72, s73);
            Add<TSimd, TVector, TRows, TVectors>(8, addend + 8 * next, output + 8 * next, vector, s80, s81, s82, s83);
            Add<TSimd, TVector, TRows, TVectors>(9, addend + 9 * next, output + 9 * next, vector, s90, s91, s92, s93);
            Add<TSimd, TVector, TRows, TVectors>(10, addend + 10 * next, output + 10 * next, vector, s100, s101, s102, s103);
            Add<TSimd, TVector, TRows, TVectors>(11, addend + 11 * next, output + 11 * next, vector, s110, s111, s112, s113);
        }
        else
        {
            Store<TSimd, TVector, TRows, TVectors>(0, output + 0 * next, vector, s00, s01, s02, s03);
            Store<TSimd, TVector, TRows, TVectors>(1, output + 1 * next, vector, s10, s11, s12, s13);
            Store<TSimd, TVector, TRows, TVectors>(2, output + 2 * next, vector, s20, s21, s22, s23);
            Store<TSimd, TVector, TRows, TVectors>(3, output + 3 * next, vector, s30, s31, s32, s33);
            Store<TSimd, TVector, TRows, TVectors>(4, output + 4 * next, vector, s40, s41, s42, s43);
            Store<TSimd, TVector, TRows, TVectors>(5, output + 5 * next, vector, s50, s51, s52, s53);
            Store<TSimd, TVector, TRows, TVectors>(6, output + 6 * next, vector, s60, s61, s62, s63);
            Store<TSimd, TVector, TRows, TVectors>(7, output + 7 * next, vector, s70, s71, s72, s73);
            Store<TSimd, TVector, TRows, TVectors>(8, output + 8 * next, vector, s80, s81, s82, s83);
            Store<TSimd, TVector, TRows, TVectors>(9, output + 9 * next, vector, s90, s91, s92, s93);
            Store<TSimd, TVector, TRows, TVectors>(10, output + 10 * next, vector, s100, s101, s102, s103);
            Store<TSimd, TVector, TRows, TVectors>(11, output + 11 * next, vector, s110, s111, s112, s113);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TSimd, TVector, TVectors>(int vector, float* source)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TVectors : unmanaged => sizeof(TVectors) > vector ? TSimd.Load(source + vector * TSimd.Count) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd<TSimd, TVector, TRows, TVectors>(
        int row, float* input, TVector w0, TVector w1, TVector w2, TVector w3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        TVector x = TSimd.Broadcast(input);
        s0 = TSimd.MultiplyAdd(x, w0, s0);

        if (sizeof(TVectors) > 1)
        {
            s1 = TSimd.MultiplyAdd(x, w1, s1);
        }

        if (sizeof(TVectors) > 2)
        {
            s2 = TSimd.MultiplyAdd(x, w2, s2);
        }

        if (sizeof(TVectors) > 3)
        {
            s3 = TSimd.MultiplyAdd(x, w3, s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Clip<TSimd, TVector, TRows, TVectors>(
        int row, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        s0 = TSimd.Relu6(s0);

        if (sizeof(TVectors) > 1)
        {
            s1 = TSimd.Relu6(s1);
        }

        if (sizeof(TVectors) > 2)
        {
            s2 = TSimd.Relu6(s2);
        }

        if (sizeof(TVectors) > 3)
        {
            s3 = TSimd.Relu6(s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TSimd, TVector, TRows, TVectors>(
        int row, float* addend, float* output, nint vector, TVector s0, TVector s1, TVector s2, TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        TSimd.Store(TSimd.Add(s0, TSimd.Load(addend)), output);

        if (sizeof(TVectors) > 1)
        {
            TSimd.Store(TSimd.Add(s1, TSimd.Load(addend + vector)), output + vector);
        }

        if (sizeof(TVectors) > 2)
        {
            TSimd.Store(TSimd.Add(s2, TSimd.Load(addend + 2 * vector)), output + 2 * vector);
        }

        if (sizeof(TVectors) > 3)
        {
            TSimd.Store(TSimd.Add(s3, TSimd.Load(addend + 3 * vector)), output + 3 * vector);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store<TSimd, TVector, TRows, TVectors>(
        int row, float* output, nint vector, TVector s0, TVector s1, TVector s2, TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        TSimd.Store(s0, output);

        if (sizeof(TVectors) > 1)
        {
            TSimd.Store(s1, output + vector);
        }

        if (sizeof(TVectors) > 2)
        {
            TSimd.Store(s2, output + 2 * vector);
        }

        if (sizeof(TVectors) > 3)
        {
            TSimd.Store(s3, output + 3 * vector);
        }
    }
}
