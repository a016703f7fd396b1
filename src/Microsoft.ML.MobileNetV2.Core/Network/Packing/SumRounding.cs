using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Specifies in which order the sums of a convolution that is a matrix product are rounded.</summary>
/// <remarks>
/// It is ONNX Runtime's order on x64 processors with AVX-512, so that the same numbers give the same bits there, whatever the register width. Random
/// weights can make a rounding error grow a thousandfold from layer to layer: networks that round in different orders are then further from each other
/// than any tolerance that tells a right result from a wrong one.
/// </remarks>
/// <param name="PieceLength">The products of a sum that are added one after the other, from 0 on; a longer sum is the sum of such pieces.</param>
/// <param name="RoundsProducts">Whether a product is rounded before it is added, rather than multiplied and added in one instruction.</param>
internal readonly record struct SumRounding(int PieceLength, bool RoundsProducts)
{
    private const int LongestPiece = 128;

    /// <summary>The channels that are multiplied together; a pointwise convolution of fewer adds one after the other to the output.</summary>
    private const int ChannelsTogether = 16;

    /// <summary>Returns the order of a convolution; that of the stem has a piece for each channel.</summary>
    /// <remarks>Products are rounded for feature maps alone: the pool levels out what that changes, and narrow networks lose 5 % of their speed.</remarks>
    /// <param name="layer">The convolution.</param>
    /// <param name="keepsMap">Whether the last feature map is the network's output.</param>
    internal static SumRounding Of(ConvLayer layer, bool keepsMap) => layer.KernelSize == 1
        ? new(LongestPiece, keepsMap && layer.InputChannels < ChannelsTogether)
        : new(layer.KernelSize * layer.KernelSize, false);
}
