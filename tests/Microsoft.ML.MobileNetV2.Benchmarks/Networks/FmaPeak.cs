using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures how many multiply-adds a core computes at most, with nothing read from memory: the ceiling of any kernel.</summary>
internal static unsafe class FmaPeak
{
    private const int Steps = 200_000;
    private const int Repeats = 20;
    private const int SumCount = 12;

    /// <summary>Returns the GFLOP/s of one thread, two for a multiply-add, in the quietest of some samples.</summary>
    internal static double Measure() => NetworkKernels.Widest.Lanes switch
    {
        16 => Measure<Simd512, Vector512<float>>(),
        8 => Measure<Simd256, Vector256<float>>(),
        4 => Measure<Simd128, Vector128<float>>(),
        _ => Measure<SimdScalar, float>(),
    };

    private static double Measure<TSimd, TVector>()
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        float* memory = stackalloc float[TSimd.Count];
        double best = double.MaxValue;
        for (int i = 0; i < Repeats; i++)
        {
            long start = Stopwatch.GetTimestamp();
            Run<TSimd, TVector>(memory);
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        return 2.0 * SumCount * TSimd.Count * Steps / best / 1e9;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<TSimd, TVector>(float* memory)
        where TSimd : struct, ISimd<TVector>
        where TVector : struct
    {
        TVector x = TSimd.Load(memory);
        TVector s0 = x, s1 = x, s2 = x, s3 = x, s4 = x, s5 = x, s6 = x, s7 = x, s8 = x, s9 = x, s10 = x, s11 = x;
        for (int i = 0; i < Steps; i++)
        {
            s0 = TSimd.MultiplyAdd(x, x, s0);
            s1 = TSimd.MultiplyAdd(x, x, s1);
            s2 = TSimd.MultiplyAdd(x, x, s2);
            s3 = TSimd.MultiplyAdd(x, x, s3);
            s4 = TSimd.MultiplyAdd(x, x, s4);
            s5 = TSimd.MultiplyAdd(x, x, s5);
            s6 = TSimd.MultiplyAdd(x, x, s6);
            s7 = TSimd.MultiplyAdd(x, x, s7);
            s8 = TSimd.MultiplyAdd(x, x, s8);
            s9 = TSimd.MultiplyAdd(x, x, s9);
            s10 = TSimd.MultiplyAdd(x, x, s10);
            s11 = TSimd.MultiplyAdd(x, x, s11);
        }

        TVector sum = TSimd.Add(TSimd.Add(TSimd.Add(s0, s1), TSimd.Add(s2, s3)), TSimd.Add(TSimd.Add(s4, s5), TSimd.Add(s6, s7)));
        TSimd.Store(TSimd.Add(sum, TSimd.Add(TSimd.Add(s8, s9), TSimd.Add(s10, s11))), memory);
    }
}
