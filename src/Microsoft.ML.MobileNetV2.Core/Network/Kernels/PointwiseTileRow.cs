using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Provides what a <see cref="PointwiseTile"/> does with the sums of one of its pixels at the end.</summary>
internal static unsafe class PointwiseTileRow
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void AddBias<TSimd, TVector, TRows, TVectors>(
        int row, TVector b0, TVector b1, TVector b2, TVector b3, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        s0 = TSimd.Add(s0, b0);

        if (sizeof(TVectors) > 1)
        {
            s1 = TSimd.Add(s1, b1);
        }

        if (sizeof(TVectors) > 2)
        {
            s2 = TSimd.Add(s2, b2);
        }

        if (sizeof(TVectors) > 3)
        {
            s3 = TSimd.Add(s3, b3);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Clip<TSimd, TVector, TRows, TVectors>(
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
    internal static void Add<TSimd, TVector, TRows, TVectors>(
        int row, float* addend, nint vector, ref TVector s0, ref TVector s1, ref TVector s2, ref TVector s3)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
        where TRows : unmanaged
        where TVectors : unmanaged
    {
        if (sizeof(TRows) <= row)
        {
            return;
        }

        s0 = TSimd.Add(s0, TSimd.Load(addend));

        if (sizeof(TVectors) > 1)
        {
            s1 = TSimd.Add(s1, TSimd.Load(addend + vector));
        }

        if (sizeof(TVectors) > 2)
        {
            s2 = TSimd.Add(s2, TSimd.Load(addend + 2 * vector));
        }

        if (sizeof(TVectors) > 3)
        {
            s3 = TSimd.Add(s3, TSimd.Load(addend + 3 * vector));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void Store<TSimd, TVector, TRows, TVectors>(
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
