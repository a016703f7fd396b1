using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations on registers of four numbers.</summary>
internal readonly unsafe struct Simd128 : IFusedSimd<Vector128<float>>
{
    public static int Count => Vector128<float>.Count;

    public static int RegisterCount => AdvSimd.IsSupported || Avx512F.VL.IsSupported ? 32 : 16;

    internal static bool HasFusedMultiplyAdd => Fma.IsSupported || AdvSimd.IsSupported;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Load(float* source) => Vector128.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Broadcast(float* source) => Vector128.Create(*source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    /// <summary>Computes in float64, as <see cref="SimdScalar.FusedMultiplyAdd"/> does: where there is an instruction for it, <see cref="MultiplyAdd"/> is it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> FusedMultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend)
    {
        (Vector128<double> leftLow, Vector128<double> leftHigh) = Vector128.Widen(left);
        (Vector128<double> rightLow, Vector128<double> rightHigh) = Vector128.Widen(right);
        (Vector128<double> addendLow, Vector128<double> addendHigh) = Vector128.Widen(addend);
        return Vector128.Narrow((leftLow * rightLow) + addendLow, (leftHigh * rightHigh) + addendHigh);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu6(Vector128<float> value) =>
        Vector128.MinNative(Vector128.MaxNative(value, Vector128<float>.Zero), Vector128.Create(6f));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector128<float> Relu6Gradient(Vector128<float> activation, Vector128<float> gradient) =>
        Vector128.GreaterThan(activation, Vector128<float>.Zero) & Vector128.LessThan(activation, Vector128.Create(6f)) & gradient;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector128<float> value, float* destination) => value.Store(destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(Vector128<float> value, float* destination) => value.Store(destination);
}
