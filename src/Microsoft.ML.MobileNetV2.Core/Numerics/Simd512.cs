using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations on registers of sixteen numbers.</summary>
internal readonly unsafe struct Simd512 : ISimd<Vector512<float>>
{
    public static int Count => Vector512<float>.Count;

    public static int RegisterCount => 32;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Load(float* source) => Vector512.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Broadcast(float* source) => Vector512.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu6(Vector512<float> value) =>
        Vector512.MinNative(Vector512.MaxNative(value, Vector512<float>.Zero), Vector512.Create(6f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Relu6Gradient(Vector512<float> activation, Vector512<float> gradient) =>
        Vector512.GreaterThan(activation, Vector512<float>.Zero) & Vector512.LessThan(activation, Vector512.Create(6f)) & gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector512<float> value, float* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(Vector512<float> value, float* destination) => value.StoreAlignedNonTemporal(destination);
}
