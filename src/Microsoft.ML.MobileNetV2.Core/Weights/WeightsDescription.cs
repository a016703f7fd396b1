namespace Microsoft.ML.MobileNetV2;

/// <summary>Describes a set of weights: everything except the numbers that is needed to use it correctly.</summary>
/// <remarks>Immutable. Two descriptions are equal when all their values are, class names compared by reference.</remarks>
public sealed record WeightsDescription
{
    /// <summary>Specifies the batch-norm epsilon of PyTorch's weights.</summary>
    public const float TorchBatchNormEpsilon = 1e-5f;

    /// <summary>Specifies the batch-norm epsilon of TensorFlow's weights.</summary>
    public const float TensorFlowBatchNormEpsilon = 1e-3f;

    /// <summary>Gets the display name of the set.</summary>
    /// <value>The default is "MobileNetV2".</value>
    public string Name { get; init; } = "MobileNetV2";

    /// <summary>Gets the architecture of the network.</summary>
    /// <value>The default has width and depth multiplier 1.0.</value>
    public MobileNetV2Architecture Architecture { get; init; } = new();

    /// <summary>Gets the padding of the 3×3 convolutions.</summary>
    /// <value>The default is <see cref="PaddingConvention.Symmetric"/>.</value>
    public PaddingConvention Padding { get; init; }

    /// <summary>Gets the number that batch norm adds to the variance.</summary>
    /// <value>Above 0, at most 1. The default is <see cref="TorchBatchNormEpsilon"/>. Has no effect where batch norm is folded into the convolutions.</value>
    public float BatchNormEpsilon
    {
        get;
        init => field = value is > 0 and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The batch-norm epsilon must be above 0 and at most 1; published weights have 1e-5 or 1e-3.");
    } = TorchBatchNormEpsilon;

    /// <summary>Gets the preprocessing of images.</summary>
    /// <value>The default is <see cref="ImagePreprocessing.Torchvision"/>.</value>
    public ImagePreprocessing Preprocessing { get; init; } = ImagePreprocessing.Torchvision;

    /// <summary>Gets the names of the classifier's classes, in order.</summary>
    /// <value>Empty where the weights have no classifier or do not name its classes.</value>
    public IReadOnlyList<string> ClassNames { get; init; } = [];

    /// <summary>Gets the names of the tensors in the file that were left out when the weights were read.</summary>
    /// <value>
    /// The tensors of a head that is not one dense layer; the features need none of them. Empty where the whole file was read, and not saved with the weights.
    /// </value>
    public IReadOnlyList<string> IgnoredTensors { get; init; } = [];

    /// <summary>Gets the license of the weights, as an SPDX identifier where there is one.</summary>
    /// <value>Empty when unknown.</value>
    public string License { get; init; } = string.Empty;

    /// <summary>Gets the attribution that the license requires: who created the weights, and from what.</summary>
    /// <value>Empty when unknown.</value>
    public string Attribution { get; init; } = string.Empty;
}
