namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a set of trained weights with all that is needed to use it: architecture, padding, preprocessing, class names and licence.</summary>
/// <remarks>Immutable and safe to use from several threads. Holds managed memory only, so there is nothing to dispose.</remarks>
public sealed class MobileNetV2Weights
{
    private static readonly Lazy<MobileNetV2Weights> LazyBundled = new(BundledWeights.Load);
    private readonly Checkpoint _checkpoint;

    internal MobileNetV2Weights(Checkpoint checkpoint, WeightsDescription description)
    {
        CheckpointValidation.Validate(checkpoint, description.Architecture);
        _checkpoint = checkpoint;
        Description = description;
        ClassCount = checkpoint.Tensors.TryGetValue($"{MobileNetV2Architecture.ClassifierName}.weight", out WeightTensor? weight) ? weight.Shape[0] : 0;
        if (description.ClassNames.Count > 0 && description.ClassNames.Count != ClassCount)
        {
            throw new WeightsFormatException(
                WeightsFormatError.InvalidMetadata,
                checkpoint.Source,
                $"{description.ClassNames.Count} class names are given, but its classifier has {ClassCount} classes.");
        }
    }

    /// <summary>Gets the small backbone that comes with the library: width 0.5, 128 pixels, no classifier. Needs no network and no file.</summary>
    /// <remarks>It is an offline start. Google's ImageNet weights give better features for photos.</remarks>
    public static MobileNetV2Weights Bundled => LazyBundled.Value;

    /// <summary>Gets what is known about the weights.</summary>
    public WeightsDescription Description { get; }

    /// <summary>Gets the number of features: 1280 up to width multiplier 1.0.</summary>
    public int FeatureCount => Description.Architecture.FeatureCount;

    /// <summary>Gets the number of classes of the classifier.</summary>
    /// <value>0 where the weights have no classifier.</value>
    public int ClassCount { get; }

    /// <summary>Gets the name of the file that the weights come from, for messages.</summary>
    internal string Source => _checkpoint.Source;

    internal Checkpoint Checkpoint => _checkpoint;

    /// <summary>Reads weights from a file.</summary>
    /// <param name="path">Path of a safetensors file with torchvision's tensor names; batch norm may be present or folded.</param>
    /// <returns>The weights. What the file's metadata does not say is as torchvision has it; see <see cref="WithDescription"/>.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, of an unknown format or of another network.</exception>
    public static MobileNetV2Weights FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The file of weights '{path}' does not exist.", path);
        }

        using FileStream stream = File.OpenRead(path);
        return FromStream(stream, path);
    }

    /// <summary>Reads weights from a stream.</summary>
    /// <param name="stream">Stream that can seek, at the start of a file as for <see cref="FromFile"/>. Not disposed.</param>
    /// <param name="name">Name of the file for messages.</param>
    /// <returns>The weights.</returns>
    /// <exception cref="ArgumentException"><paramref name="stream"/> cannot seek.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, of an unknown format or of another network.</exception>
    public static MobileNetV2Weights FromStream(Stream stream, string name = "stream")
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        if (!stream.CanSeek)
        {
            throw new ArgumentException("The stream of weights must be able to seek; copy it into a MemoryStream first.", nameof(stream));
        }

        Checkpoint checkpoint = CheckpointReader.Read(stream, name);
        return new(checkpoint, WeightsMetadata.Read(checkpoint));
    }

    /// <summary>Returns the same numbers under another description: other class names, padding, preprocessing or licence.</summary>
    /// <param name="description">The description, usually <c>weights.Description with { … }</c>.</param>
    /// <returns>New weights that share the numbers of these.</returns>
    /// <exception cref="WeightsFormatException">The numbers do not fit the description's architecture or class names.</exception>
    public MobileNetV2Weights WithDescription(WeightsDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        return new(_checkpoint, description);
    }

    /// <summary>Returns the weight and bias of a convolution, batch norm folded in.</summary>
    internal ConvParameters GetConv(ConvLayer layer) => BatchNormFolding.Fold(layer, _checkpoint, Description.BatchNormEpsilon);

    /// <summary>Returns weight (classes, features) and bias (classes) of the classifier.</summary>
    internal (float[] Weight, float[] Bias) GetClassifier() => (
        _checkpoint.Require($"{MobileNetV2Architecture.ClassifierName}.weight").Values,
        _checkpoint.Require($"{MobileNetV2Architecture.ClassifierName}.bias").Values);
}
