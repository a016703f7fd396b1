namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Is a SIMD register of some width, so that the kernel of the matrix product is written once for all of them.</summary>
internal unsafe interface ISimdVector<TSelf>
    where TSelf : struct, ISimdVector<TSelf>
{
    public static abstract int Count { get; }

    public static abstract TSelf Load(float* source);

    public static abstract TSelf Broadcast(float value);

    public static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    public void Store(float* destination);

    public void AddTo(float* destination);
}
