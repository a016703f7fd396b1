using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Computes the layers of a network with registers of some width. Immutable and safe to use from several threads.</summary>
internal abstract unsafe class NetworkKernels
{
    private static readonly Lazy<NetworkKernels> LazyWidest = new(CreateWidest);

    /// <summary>Gets the kernels for the widest registers that the processor has.</summary>
    internal static NetworkKernels Widest => LazyWidest.Value;

    /// <summary>Gets the numbers in a register.</summary>
    internal abstract int Lanes { get; }

    /// <summary>Gets the processor's registers.</summary>
    internal abstract int RegisterCount { get; }

    /// <summary>Gets the kernels for the same registers that round once where a product is added to a sum; itself, if these already do.</summary>
    internal virtual NetworkKernels Fused => this;

    /// <summary>Creates the kernels for processors without SIMD registers.</summary>
    internal static NetworkKernels CreateScalar() => new NetworkKernels<SimdScalar, float>(new NetworkKernels<FusedSimd<SimdScalar, float>, float>());

    /// <summary>Creates the kernels for registers of four numbers.</summary>
    internal static NetworkKernels Create128() => new NetworkKernels<Simd128, Vector128<float>>(
        Simd128.HasFusedMultiplyAdd ? null : new NetworkKernels<FusedSimd<Simd128, Vector128<float>>, Vector128<float>>());

    /// <summary>Computes a convolution that is a matrix product.</summary>
    internal abstract void Pointwise(in PointwiseCall call);

    /// <summary>Computes a row of a depthwise convolution with stride 1 or 2, for one register of channels.</summary>
    internal abstract void Depthwise(int stride, DepthwiseRowArguments* row);

    private static NetworkKernels CreateWidest() => true switch
    {
        _ when Vector512.IsHardwareAccelerated => new NetworkKernels<Simd512, Vector512<float>>(),
        _ when Vector256.IsHardwareAccelerated => new NetworkKernels<Simd256, Vector256<float>>(),
        _ when Vector128.IsHardwareAccelerated => Create128(),
        _ => CreateScalar(),
    };
}
