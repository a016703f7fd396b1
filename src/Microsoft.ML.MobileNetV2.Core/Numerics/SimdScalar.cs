using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations for processors without SIMD registers: on one number.</summary>
internal readonly unsafe struct SimdScalar : IFusedSimd<float>
{
    public static int Count => 1;

    public static int RegisterCount => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Load(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Broadcast(float* source) => *source;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Add(float left, float right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Multiply(float left, float right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float MultiplyAdd(float left, float right, float addend) => left * right + addend;

    /// <summary>Computes in float64, which holds the product exactly; what the second rounding changes is as rare as a tie in 29 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float FusedMultiplyAdd(float left, float right, float addend) => (float)((double)left * right + addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu6(float value) => Math.Min(Math.Max(value, 0), 6);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Relu6Gradient(float activation, float gradient) => activation > 0 && activation < 6 ? gradient : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(float value, float* destination) => *destination = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(float value, float* destination) => *destination = value;
}
