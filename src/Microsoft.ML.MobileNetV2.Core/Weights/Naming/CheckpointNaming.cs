using Microsoft.ML.MobileNetV2.Architecture;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Represents the names and layouts that one family of programs uses for the tensors of MobileNetV2, and the defaults of its weights.</summary>
internal abstract class CheckpointNaming
{
    /// <summary>Gets the defaults of weights with these names, as metadata for <see cref="WeightsMetadata"/>.</summary>
    internal abstract IReadOnlyDictionary<string, string> Metadata { get; }

    /// <summary>Gets a value indicating whether the naming's convolutions and dense layer are in TensorFlow's layout.</summary>
    internal virtual bool IsTensorFlow => false;

    /// <summary>Returns the file's name for a tensor; names that differ in how they are written but not in what they mean become one.</summary>
    internal virtual string Canonical(string fileName) => fileName;

    /// <summary>Gets the name of the weight that every file has: the stem's.</summary>
    internal string StemWeight => ConvWeights(new MobileNetV2Architecture()).First().FileName;

    /// <summary>Returns whether a name that the network has no place for belongs to the backbone, which it would change; others belong to a head.</summary>
    internal virtual bool IsOfBackbone(string fileName) => Scopes.Contains(FirstPart(fileName));

    /// <summary>Returns the count of the network's convolutions that a file has; 0 where it is less than half of them, so that another naming is used.</summary>
    internal int CountConvs(Checkpoint checkpoint, string prefix)
    {
        HashSet<string> names = [.. checkpoint.Tensors.Keys.Select(Canonical)];
        string[] weights = [.. ConvWeights(new MobileNetV2Architecture()).Select(tensor => $"{prefix}{tensor.FileName}")];
        int count = weights.Count(names.Contains);
        return 2 * count >= weights.Length ? count : 0;
    }

    /// <summary>Returns whether a tensor that the network has no place for is of use in training only.</summary>
    internal virtual bool IsTrainingState(string fileName) => false;

    /// <summary>Lists the tensors that a network may have, batch norm and the bias of folded convolutions included.</summary>
    internal virtual IEnumerable<NamedTensor> Tensors(MobileNetV2Architecture architecture) => architecture.Steps
        .OfType<ConvStep>()
        .SelectMany(step => LayerTensors(step.Layer, step.Block is { } block ? NameOf(step.Role, block) : NameOf(step.Role)))
        .Concat(ClassifierTensors());

    /// <summary>Lists the weights of the convolutions, which every file of such a network has.</summary>
    internal IEnumerable<NamedTensor> ConvWeights(MobileNetV2Architecture architecture)
    {
        HashSet<string> weights = [.. architecture.ConvLayers.Select(layer => $"{layer.Name}.weight")];
        return Tensors(architecture).Where(tensor => weights.Contains(tensor.Name));
    }

    /// <summary>Gets the names that the classifier's weight and bias may have.</summary>
    protected abstract IEnumerable<(string Weight, string Bias)> Classifiers { get; }

    /// <summary>Returns the names of a convolution outside the blocks: the stem or the last one.</summary>
    protected abstract LayerName NameOf(ConvRole role);

    /// <summary>Returns the names of a convolution of a block.</summary>
    protected abstract LayerName NameOf(ConvRole role, InvertedResidual block);

    /// <summary>Gets the first parts of the names of the backbone's tensors.</summary>
    private HashSet<string> Scopes => field ??= [.. Tensors(new MobileNetV2Architecture())
        .Where(tensor => !tensor.Name.StartsWith(MobileNetV2Architecture.ClassifierName, StringComparison.Ordinal))
        .Select(tensor => FirstPart(tensor.FileName))];

    private static string FirstPart(string name) => name.IndexOfAny(['.', '/']) is >= 0 and var end ? name[..end] : name;

    private IEnumerable<NamedTensor> LayerTensors(ConvLayer layer, LayerName name)
    {
        TensorLayout layout = !IsTensorFlow ? TensorLayout.Torch : layer.IsDepthwise ? TensorLayout.TensorFlowDepthwise : TensorLayout.TensorFlowConv;
        return
        [
            new(name.Weight, $"{layer.Name}.weight", layout),
            new(name.Bias, $"{layer.Name}.bias"),
            new(name.Scale, $"{layer.BatchNormName}.weight"),
            new(name.Shift, $"{layer.BatchNormName}.bias"),
            new(name.Mean, $"{layer.BatchNormName}.running_mean"),
            new(name.Variance, $"{layer.BatchNormName}.running_var"),
        ];
    }

    private IEnumerable<NamedTensor> ClassifierTensors() => Classifiers.SelectMany(classifier => new NamedTensor[]
    {
        new(classifier.Weight, $"{MobileNetV2Architecture.ClassifierName}.weight", IsTensorFlow ? TensorLayout.TensorFlowDense : TensorLayout.Torch),
        new(classifier.Bias, $"{MobileNetV2Architecture.ClassifierName}.bias"),
    });
}
