using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the weights of a network, batch norm folded, in the order in which the kernels of a register width read them.</summary>
/// <remarks>Immutable and safe to use from several threads.</remarks>
internal sealed class PackedNetwork
{
    private readonly MobileNetV2Weights _weights;
    private readonly NetworkKernels _kernels;
    private readonly bool _keepsMap;

    /// <summary>Packs weights.</summary>
    /// <param name="weights">The weights.</param>
    /// <param name="plan">How the network runs.</param>
    /// <param name="kernels">The kernels that read the packed weights.</param>
    /// <exception cref="WeightsFormatException">Weights are missing, of another shape, or not finite.</exception>
    internal PackedNetwork(MobileNetV2Weights weights, NetworkPlan plan, NetworkKernels kernels)
    {
        _weights = weights;
        _kernels = kernels;
        _keepsMap = plan.KeepsMap;
        Blocks = [.. plan.Blocks.Select(block => new PackedBlock(PackPointwise(block.Produce), PackDepthwise(block.Depthwise), PackPointwise(block.Project)))];
        Last = PackPointwise(plan.Last);
    }

    internal PackedBlock[] Blocks { get; }

    internal PackedPointwise Last { get; }

    private PackedPointwise PackPointwise(ConvLayer layer)
    {
        ConvParameters parameters = Read(layer);
        return new(parameters.Weight, parameters.Bias, SumRounding.Of(layer, _keepsMap), _kernels.Lanes, _kernels.RegisterCount);
    }

    private PackedDepthwise PackDepthwise(ConvLayer layer)
    {
        ConvParameters parameters = Read(layer);
        return new(parameters.Weight, parameters.Bias, _kernels.Lanes);
    }

    private ConvParameters Read(ConvLayer layer)
    {
        ConvParameters parameters = _weights.GetConv(layer);
        return FeatureChecks.IndexOfNotFinite(parameters.Weight) < 0 && FeatureChecks.IndexOfNotFinite(parameters.Bias) < 0
            ? parameters
            : throw new WeightsFormatException(
                WeightsFormatError.NotFinite,
                _weights.Description.Name,
                $"the weights of '{layer.Name}' with their batch norm contain a number that is not finite; expected finite numbers. Train or export them again.");
    }
}
