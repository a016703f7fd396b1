using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Lists the kernels of every register width; those wider than the processor's registers run too, only slowly.</summary>
internal static class AllKernels
{
    internal static NetworkKernels Scalar { get; } = NetworkKernels.CreateScalar();

    internal static NetworkKernels Of128 { get; } = NetworkKernels.Create128();

    internal static NetworkKernels Of256 { get; } = new NetworkKernels<Simd256, Vector256<float>>();

    internal static NetworkKernels Of512 { get; } = new NetworkKernels<Simd512, Vector512<float>>();

    /// <summary>Gets those of four numbers that need no instruction to round once.</summary>
    internal static NetworkKernels Fused128 { get; } = new NetworkKernels<FusedSimd<Simd128, Vector128<float>>, Vector128<float>>();

    /// <summary>Gets those that the processor has registers for, and the one for processors without any.</summary>
    internal static NetworkKernels[] Supported { get; } =
    [
        Scalar,
        .. Vector128.IsHardwareAccelerated ? [Of128] : Array.Empty<NetworkKernels>(),
        .. Vector256.IsHardwareAccelerated ? [Of256] : Array.Empty<NetworkKernels>(),
        .. Vector512.IsHardwareAccelerated ? [Of512] : Array.Empty<NetworkKernels>(),
    ];
}
