namespace Microsoft.ML.MobileNetV2.Numerics;

/// <summary>Provides the operations on registers of some width, so that a kernel is written once for all of them.</summary>
/// <remarks>
/// Other than <see cref="ISimdVector{TSelf}"/> it leaves the hardware's own type in the kernel's variables: a register inside of another struct costs
/// the compiler a copy for each multiply-add where there are many sums.
/// </remarks>
/// <typeparam name="TVector">The register.</typeparam>
internal unsafe interface ISimd<TVector>
    where TVector : struct
{
    /// <summary>Gets the numbers in a register.</summary>
    static abstract int Count { get; }

    /// <summary>Gets the registers that the processor has for them.</summary>
    static abstract int RegisterCount { get; }

    static abstract TVector Load(float* source);

    static abstract TVector Broadcast(float* source);

    static abstract TVector Add(TVector left, TVector right);

    static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>Computes left · right + addend, rounded once or twice, whichever is faster.</summary>
    static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>Computes min(max(value, 0), 6).</summary>
    static abstract TVector Relu6(TVector value);

    /// <summary>Computes the gradient before ReLU6: the given one where 0 &lt; activation &lt; 6, otherwise 0.</summary>
    static abstract TVector Relu6Gradient(TVector activation, TVector gradient);

    static abstract void Store(TVector value, float* destination);

    /// <summary>Stores to memory past the caches, where a register is a whole line of them; otherwise as <see cref="Store"/> does.</summary>
    /// <remarks>
    /// Other threads see it once this one executed a locked instruction, as <see cref="ParallelJob"/> does at the end of each part. The address is aligned.
    /// </remarks>
    static abstract void StoreStreaming(TVector value, float* destination);
}
