using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents torchvision's names, which this library uses too. The last convolution's depends on the number of blocks.</summary>
internal sealed class TorchvisionNaming : CheckpointNaming
{
    internal override IReadOnlyDictionary<string, string> Metadata { get; } = new Dictionary<string, string>();

    protected override IEnumerable<(string Weight, string Bias)> Classifiers => [];

    internal override IEnumerable<NamedTensor> Tensors(MobileNetV2Architecture architecture) => architecture.ConvLayers.SelectMany(layer =>
    {
        LayerName name = LayerName.Torch(layer.Name, layer.BatchNormName);
        return ((string[])[name.Weight, name.Bias, name.Scale, name.Shift, name.Mean, name.Variance]).Select(tensor => new NamedTensor(tensor, tensor));
    });

    protected override LayerName NameOf(ConvRole role) => throw new NotSupportedException("The names follow from the layers.");

    protected override LayerName NameOf(ConvRole role, InvertedResidual block) => throw new NotSupportedException("The names follow from the layers.");
}
