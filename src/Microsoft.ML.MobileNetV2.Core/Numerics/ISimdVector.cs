namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Represents a SIMD register of some width, so that the kernel of the matrix product is written once for all of them.</summary>
internal unsafe interface ISimdVector<TSelf>
    where TSelf : struct, ISimdVector<TSelf>
{
    static abstract int Count { get; }

    static abstract TSelf Load(float* source);

    static abstract TSelf Broadcast(float value);

    static abstract TSelf MultiplyAdd(TSelf left, TSelf right, TSelf addend);

    void Store(float* destination);

    void AddTo(float* destination);
}
