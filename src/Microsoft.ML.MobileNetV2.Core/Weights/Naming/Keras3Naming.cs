using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>
/// Represents the names of <c>.weights.h5</c> and <c>.keras</c> files of Keras 3: layers are counted by their class in the order of the network, and variables
/// of a layer have numbers.
/// </summary>
internal sealed class Keras3Naming : CheckpointNaming
{
    private const int ConvsOfBlock = 2;
    private const int NormsOfBlock = 3;

    /// <summary>Keras has no network of another depth.</summary>
    private static readonly int BlockCount = new MobileNetV2Architecture().BlockCount;

    internal override IReadOnlyDictionary<string, string> Metadata => TensorFlowWeights.Metadata;

    internal override bool IsTensorFlow => true;

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [];

    internal override bool IsOfBackbone(string fileName) =>
        fileName.StartsWith("conv2d", StringComparison.Ordinal) || fileName.StartsWith("depthwise_conv2d", StringComparison.Ordinal);

    protected override LayerName NameOf(ConvRole role) => role == ConvRole.Stem
        ? Layer("conv2d", 0, 0)
        : Layer("conv2d", ConvsOfBlock * BlockCount, NormsOfBlock * BlockCount);

    /// <summary>Returns the names of a convolution in a block; the first block has no expansion.</summary>
    protected override LayerName NameOf(ConvRole role, InvertedResidual block) => role switch
    {
        ConvRole.Expand => Layer("conv2d", ConvsOfBlock * block.Index, NormsOfBlock * block.Index),
        ConvRole.Depthwise => Layer("depthwise_conv2d", block.Index, NormsOfBlock * block.Index + 1),
        _ => Layer("conv2d", ConvsOfBlock * block.Index + 1, NormsOfBlock * block.Index + 2),
    };

    private static LayerName Layer(string type, int index, int norm)
    {
        string conv = Counted(type, index);
        string batchNorm = Counted("batch_normalization", norm);
        return new($"{conv}/0", $"{conv}/1", $"{batchNorm}/0", $"{batchNorm}/1", $"{batchNorm}/2", $"{batchNorm}/3");
    }

    private static string Counted(string type, int index) => index == 0 ? $"{type}/vars" : FormattableString.Invariant($"{type}_{index}/vars");
}
