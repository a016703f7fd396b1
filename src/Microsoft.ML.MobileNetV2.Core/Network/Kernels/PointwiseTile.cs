using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;
using static Microsoft.ML.MobileNetV2.Network.PointwiseTileRow;

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
#pragma warning disable CA1502 // Most branches are decided by types: they keep the compiler from looking at rows that the tile does not have.
    internal static void Run<TSimd, TVector, TForm, TRows, TVectors>(PointwiseTileArguments* tile)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : unmanaged
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        nint stride = sizeof(TForm) == sizeof(TileForms.Columns) ? 1 : tile->InputStride;
        nint inputStep = sizeof(TForm) == sizeof(TileForms.Columns) ? tile->InputStride : 1;
        nint weightsStep = sizeof(TForm) == sizeof(TileForms.Columns) ? tile->WeightsStride : sizeof(TVectors) * TSimd.Count;
        nint twoStrides = 2 * stride;
        float* rows0 = tile->Input;
        float* rows3 = rows0 + 3 * stride;
        float* rows6 = rows3 + 3 * stride;
        float* rows9 = rows6 + 3 * stride;
        float* weights = tile->Weights;
        TVector s00, s01, s02, s03;
        TVector s10, s11, s12, s13;
        TVector s20, s21, s22, s23;
        TVector s30, s31, s32, s33;
        TVector s40, s41, s42, s43;
        TVector s50, s51, s52, s53;
        TVector s60, s61, s62, s63;
        TVector s70, s71, s72, s73;
        TVector s80, s81, s82, s83;
        TVector s90, s91, s92, s93;
        TVector s100, s101, s102, s103;
        TVector s110, s111, s112, s113;
        float* output = tile->Output;
        nint next = tile->OutputStride;
        nint vector = tile->VectorStride;
        float* addend = tile->Addend;
        for (nint left = tile->Depth; ;)
        {
            s00 = s01 = s02 = s03 = default;
            s10 = s11 = s12 = s13 = default;
            s20 = s21 = s22 = s23 = default;
            s30 = s31 = s32 = s33 = default;
            s40 = s41 = s42 = s43 = default;
            s50 = s51 = s52 = s53 = default;
            s60 = s61 = s62 = s63 = default;
            s70 = s71 = s72 = s73 = default;
            s80 = s81 = s82 = s83 = default;
            s90 = s91 = s92 = s93 = default;
            s100 = s101 = s102 = s103 = default;
            s110 = s111 = s112 = s113 = default;
            nint piece = Math.Min(left, tile->PieceLength);
            left -= piece;
            for (; piece > 0; piece--)
            {
                TVector w0 = TSimd.Load(weights);
                TVector w1 = Load<TSimd, TVector, TVectors>(1, weights);
                TVector w2 = Load<TSimd, TVector, TVectors>(2, weights);
                TVector w3 = Load<TSimd, TVector, TVectors>(3, weights);
                MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(0, rows0, w0, w1, w2, w3, ref s00, ref s01, ref s02, ref s03);
                MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(1, rows0 + stride, w0, w1, w2, w3, ref s10, ref s11, ref s12, ref s13);
                MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(2, rows0 + twoStrides, w0, w1, w2, w3, ref s20, ref s21, ref s22, ref s23);

                if (sizeof(TRows) > 3)
                {
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(3, rows3, w0, w1, w2, w3, ref s30, ref s31, ref s32, ref s33);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(4, rows3 + stride, w0, w1, w2, w3, ref s40, ref s41, ref s42, ref s43);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(5, rows3 + twoStrides, w0, w1, w2, w3, ref s50, ref s51, ref s52, ref s53);
                }

                if (sizeof(TRows) > 6)
                {
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(6, rows6, w0, w1, w2, w3, ref s60, ref s61, ref s62, ref s63);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(7, rows6 + stride, w0, w1, w2, w3, ref s70, ref s71, ref s72, ref s73);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(8, rows6 + twoStrides, w0, w1, w2, w3, ref s80, ref s81, ref s82, ref s83);
                }

                if (sizeof(TRows) > 9)
                {
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(9, rows9, w0, w1, w2, w3, ref s90, ref s91, ref s92, ref s93);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(10, rows9 + stride, w0, w1, w2, w3, ref s100, ref s101, ref s102, ref s103);
                    MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(11, rows9 + twoStrides, w0, w1, w2, w3, ref s110, ref s111, ref s112, ref s113);
                }

                rows0 += inputStep;
                rows3 += inputStep;
                rows6 += inputStep;
                rows9 += inputStep;
                weights += weightsStep;
            }

            if (addend is not null)
            {
                Add<TSimd, TVector, TRows, TVectors>(0, addend + 0 * next, vector, ref s00, ref s01, ref s02, ref s03);
                Add<TSimd, TVector, TRows, TVectors>(1, addend + 1 * next, vector, ref s10, ref s11, ref s12, ref s13);
                Add<TSimd, TVector, TRows, TVectors>(2, addend + 2 * next, vector, ref s20, ref s21, ref s22, ref s23);

                if (sizeof(TRows) > 3)
                {
                    Add<TSimd, TVector, TRows, TVectors>(3, addend + 3 * next, vector, ref s30, ref s31, ref s32, ref s33);
                    Add<TSimd, TVector, TRows, TVectors>(4, addend + 4 * next, vector, ref s40, ref s41, ref s42, ref s43);
                    Add<TSimd, TVector, TRows, TVectors>(5, addend + 5 * next, vector, ref s50, ref s51, ref s52, ref s53);
                }

                if (sizeof(TRows) > 6)
                {
                    Add<TSimd, TVector, TRows, TVectors>(6, addend + 6 * next, vector, ref s60, ref s61, ref s62, ref s63);
                    Add<TSimd, TVector, TRows, TVectors>(7, addend + 7 * next, vector, ref s70, ref s71, ref s72, ref s73);
                    Add<TSimd, TVector, TRows, TVectors>(8, addend + 8 * next, vector, ref s80, ref s81, ref s82, ref s83);
                }

                if (sizeof(TRows) > 9)
                {
                    Add<TSimd, TVector, TRows, TVectors>(9, addend + 9 * next, vector, ref s90, ref s91, ref s92, ref s93);
                    Add<TSimd, TVector, TRows, TVectors>(10, addend + 10 * next, vector, ref s100, ref s101, ref s102, ref s103);
                    Add<TSimd, TVector, TRows, TVectors>(11, addend + 11 * next, vector, ref s110, ref s111, ref s112, ref s113);
                }
            }

            if (left == 0)
            {
                float* bias = tile->Bias;
                if (bias is not null)
                {
                    TVector b0 = TSimd.Load(bias);
                    TVector b1 = Load<TSimd, TVector, TVectors>(1, bias);
                    TVector b2 = Load<TSimd, TVector, TVectors>(2, bias);
                    TVector b3 = Load<TSimd, TVector, TVectors>(3, bias);
                    AddBias<TSimd, TVector, TRows, TVectors>(0, b0, b1, b2, b3, ref s00, ref s01, ref s02, ref s03);
                    AddBias<TSimd, TVector, TRows, TVectors>(1, b0, b1, b2, b3, ref s10, ref s11, ref s12, ref s13);
                    AddBias<TSimd, TVector, TRows, TVectors>(2, b0, b1, b2, b3, ref s20, ref s21, ref s22, ref s23);

                    if (sizeof(TRows) > 3)
                    {
                        AddBias<TSimd, TVector, TRows, TVectors>(3, b0, b1, b2, b3, ref s30, ref s31, ref s32, ref s33);
                        AddBias<TSimd, TVector, TRows, TVectors>(4, b0, b1, b2, b3, ref s40, ref s41, ref s42, ref s43);
                        AddBias<TSimd, TVector, TRows, TVectors>(5, b0, b1, b2, b3, ref s50, ref s51, ref s52, ref s53);
                    }

                    if (sizeof(TRows) > 6)
                    {
                        AddBias<TSimd, TVector, TRows, TVectors>(6, b0, b1, b2, b3, ref s60, ref s61, ref s62, ref s63);
                        AddBias<TSimd, TVector, TRows, TVectors>(7, b0, b1, b2, b3, ref s70, ref s71, ref s72, ref s73);
                        AddBias<TSimd, TVector, TRows, TVectors>(8, b0, b1, b2, b3, ref s80, ref s81, ref s82, ref s83);
                    }

                    if (sizeof(TRows) > 9)
                    {
                        AddBias<TSimd, TVector, TRows, TVectors>(9, b0, b1, b2, b3, ref s90, ref s91, ref s92, ref s93);
                        AddBias<TSimd, TVector, TRows, TVectors>(10, b0, b1, b2, b3, ref s100, ref s101, ref s102, ref s103);
                        AddBias<TSimd, TVector, TRows, TVectors>(11, b0, b1, b2, b3, ref s110, ref s111, ref s112, ref s113);
                    }
                }

                if (tile->HasRelu6)
                {
                    Clip<TSimd, TVector, TRows, TVectors>(0, ref s00, ref s01, ref s02, ref s03);
                    Clip<TSimd, TVector, TRows, TVectors>(1, ref s10, ref s11, ref s12, ref s13);
                    Clip<TSimd, TVector, TRows, TVectors>(2, ref s20, ref s21, ref s22, ref s23);

                    if (sizeof(TRows) > 3)
                    {
                        Clip<TSimd, TVector, TRows, TVectors>(3, ref s30, ref s31, ref s32, ref s33);
                        Clip<TSimd, TVector, TRows, TVectors>(4, ref s40, ref s41, ref s42, ref s43);
                        Clip<TSimd, TVector, TRows, TVectors>(5, ref s50, ref s51, ref s52, ref s53);
                    }

                    if (sizeof(TRows) > 6)
                    {
                        Clip<TSimd, TVector, TRows, TVectors>(6, ref s60, ref s61, ref s62, ref s63);
                        Clip<TSimd, TVector, TRows, TVectors>(7, ref s70, ref s71, ref s72, ref s73);
                        Clip<TSimd, TVector, TRows, TVectors>(8, ref s80, ref s81, ref s82, ref s83);
                    }

                    if (sizeof(TRows) > 9)
                    {
                        Clip<TSimd, TVector, TRows, TVectors>(9, ref s90, ref s91, ref s92, ref s93);
                        Clip<TSimd, TVector, TRows, TVectors>(10, ref s100, ref s101, ref s102, ref s103);
                        Clip<TSimd, TVector, TRows, TVectors>(11, ref s110, ref s111, ref s112, ref s113);
                    }
                }
            }

            Store<TSimd, TVector, TRows, TVectors>(0, output + 0 * next, vector, s00, s01, s02, s03);
            Store<TSimd, TVector, TRows, TVectors>(1, output + 1 * next, vector, s10, s11, s12, s13);
            Store<TSimd, TVector, TRows, TVectors>(2, output + 2 * next, vector, s20, s21, s22, s23);

            if (sizeof(TRows) > 3)
            {
                Store<TSimd, TVector, TRows, TVectors>(3, output + 3 * next, vector, s30, s31, s32, s33);
                Store<TSimd, TVector, TRows, TVectors>(4, output + 4 * next, vector, s40, s41, s42, s43);
                Store<TSimd, TVector, TRows, TVectors>(5, output + 5 * next, vector, s50, s51, s52, s53);
            }

            if (sizeof(TRows) > 6)
            {
                Store<TSimd, TVector, TRows, TVectors>(6, output + 6 * next, vector, s60, s61, s62, s63);
                Store<TSimd, TVector, TRows, TVectors>(7, output + 7 * next, vector, s70, s71, s72, s73);
                Store<TSimd, TVector, TRows, TVectors>(8, output + 8 * next, vector, s80, s81, s82, s83);
            }

            if (sizeof(TRows) > 9)
            {
                Store<TSimd, TVector, TRows, TVectors>(9, output + 9 * next, vector, s90, s91, s92, s93);
                Store<TSimd, TVector, TRows, TVectors>(10, output + 10 * next, vector, s100, s101, s102, s103);
                Store<TSimd, TVector, TRows, TVectors>(11, output + 11 * next, vector, s110, s111, s112, s113);
            }

            if (left == 0)
            {
                return;
            }

            addend = output;
        }
    }
#pragma warning restore CA1502

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Load<TSimd, TVector, TVectors>(int vector, float* source)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TVectors : unmanaged => sizeof(TVectors) > vector ? TSimd.Load(source + vector * TSimd.Count) : default;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyAdd<TSimd, TVector, TForm, TRows, TVectors>(
        int row, float* input, TVector w0, TVector w1, TVector w2, TVector w3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : unmanaged
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        TVector x = TSimd.Broadcast(input);
        s0 = MultiplyAdd<TSimd, TVector, TForm>(x, w0, s0);

        if (sizeof(TVectors) > 1)
        {
            s1 = MultiplyAdd<TSimd, TVector, TForm>(x, w1, s1);
        }

        if (sizeof(TVectors) > 2)
        {
            s2 = MultiplyAdd<TSimd, TVector, TForm>(x, w2, s2);
        }

        if (sizeof(TVectors) > 3)
        {
            s3 = MultiplyAdd<TSimd, TVector, TForm>(x, w3, s3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector MultiplyAdd<TSimd, TVector, TForm>(TVector x, TVector weight, TVector sum)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TForm : unmanaged =>
        sizeof(TForm) == sizeof(TileForms.RoundedRows) ? TSimd.Add(sum, TSimd.Multiply(x, weight)) : TSimd.MultiplyAdd(x, weight, sum);
}
