using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Computes the innermost step of the matrix product: a tile of C, held in registers while the packed panels of A and B stream by.</summary>
internal static unsafe class ProductKernel
{
    /// <summary>Rows of a tile: with two registers a row, twelve sums fill the 16 registers of AVX2 and hide the latency everywhere.</summary>
    internal const int Rows = 6;

    /// <summary>Registers in a row of a tile.</summary>
    internal const int RegistersPerRow = 2;

    /// <summary>Computes C = A·B, or C += A·B, for one tile.</summary>
    /// <param name="depth">Length of the panels.</param>
    /// <param name="a">For each step of depth, one number a row.</param>
    /// <param name="b">For each step of depth, one number a column.</param>
    /// <param name="c">The tile's first number.</param>
    /// <param name="stride">From one row of C to the next.</param>
    /// <param name="accumulate">Whether the product is added to C.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Run<T>(int depth, float* a, float* b, float* c, nint stride, bool accumulate)
        where T : struct, ISimdVector<T>
    {
        T left0 = default, right0 = default;
        T left1 = default, right1 = default;
        T left2 = default, right2 = default;
        T left3 = default, right3 = default;
        T left4 = default, right4 = default;
        T left5 = default, right5 = default;
        for (int step = 0; step < depth; step++)
        {
            T left = T.Load(b);
            T right = T.Load(b + T.Count);
            T a0 = T.Broadcast(a[0]);
            left0 = T.MultiplyAdd(a0, left, left0);
            right0 = T.MultiplyAdd(a0, right, right0);
            T a1 = T.Broadcast(a[1]);
            left1 = T.MultiplyAdd(a1, left, left1);
            right1 = T.MultiplyAdd(a1, right, right1);
            T a2 = T.Broadcast(a[2]);
            left2 = T.MultiplyAdd(a2, left, left2);
            right2 = T.MultiplyAdd(a2, right, right2);
            T a3 = T.Broadcast(a[3]);
            left3 = T.MultiplyAdd(a3, left, left3);
            right3 = T.MultiplyAdd(a3, right, right3);
            T a4 = T.Broadcast(a[4]);
            left4 = T.MultiplyAdd(a4, left, left4);
            right4 = T.MultiplyAdd(a4, right, right4);
            T a5 = T.Broadcast(a[5]);
            left5 = T.MultiplyAdd(a5, left, left5);
            right5 = T.MultiplyAdd(a5, right, right5);
            a += Rows;
            b += RegistersPerRow * T.Count;
        }

        Write(left0, right0, c, accumulate);
        Write(left1, right1, c + stride, accumulate);
        Write(left2, right2, c + 2 * stride, accumulate);
        Write(left3, right3, c + 3 * stride, accumulate);
        Write(left4, right4, c + 4 * stride, accumulate);
        Write(left5, right5, c + 5 * stride, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Write<T>(T left, T right, float* row, bool accumulate)
        where T : struct, ISimdVector<T>
    {
        if (accumulate)
        {
            left.AddTo(row);
            right.AddTo(row + T.Count);
        }
        else
        {
            left.Store(row);
            right.Store(row + T.Count);
        }
    }
}
