using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations of another type, with sums that are rounded once for each product on every processor.</summary>
internal readonly unsafe struct FusedSimd<TSimd, TVector> : ISimd<TVector>
    where TSimd : struct, IFusedSimd<TVector>
    where TVector : struct
{
    public static int Count => TSimd.Count;

    public static int RegisterCount => TSimd.RegisterCount;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Load(float* source) => TSimd.Load(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Broadcast(float* source) => TSimd.Broadcast(source);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Add(TVector left, TVector right) => TSimd.Add(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Multiply(TVector left, TVector right) => TSimd.Multiply(left, right);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector MultiplyAdd(TVector left, TVector right, TVector addend) => TSimd.FusedMultiplyAdd(left, right, addend);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Relu6(TVector value) => TSimd.Relu6(value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Relu6Gradient(TVector activation, TVector gradient) => TSimd.Relu6Gradient(activation, gradient);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(TVector value, float* destination) => TSimd.Store(value, destination);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void StoreStreaming(TVector value, float* destination) => TSimd.StoreStreaming(value, destination);
}
