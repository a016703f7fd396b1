using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>
/// Represents a set of trained weights with everything that is needed to use it: architecture, padding, preprocessing, class names and license.
/// </summary>
/// <remarks>
/// Immutable and safe to use from several threads. Holds managed memory only, so there is nothing to dispose. Weights of the catalog are
/// downloaded and read when their numbers are first needed, or by <see cref="Load"/>; their other properties are available before.
/// </remarks>
public sealed partial class MobileNetV2Weights
{
    private static readonly Lazy<MobileNetV2Weights> LazyBundled = new(BundledWeights.Load);
    private static readonly Lazy<MobileNetV2Weights> LazyBundledSmall = new(BundledWeights.LoadSmall);
    private readonly CheckpointSource _source;

    internal MobileNetV2Weights(Checkpoint checkpoint, WeightsDescription description)
        : this(new CheckpointSource(checkpoint), description, checkpoint.ClassCount) =>
        CheckpointValidation.Validate(checkpoint, description.Architecture);

    /// <summary>Initializes weights that are read when they are needed; <paramref name="source"/> checks that they are those described.</summary>
    internal MobileNetV2Weights(CheckpointSource source, WeightsDescription description, int classCount)
    {
        _source = source;
        Description = description;
        ClassCount = classCount;
        if (description.ClassNames.Count > 0 && description.ClassNames.Count != classCount)
        {
            throw new WeightsFormatException(
                WeightsFormatError.InvalidMetadata,
                source.Name,
                $"{description.ClassNames.Count} class names are given, but its classifier has {classCount} classes.");
        }
    }

    /// <summary>Gets the default weights, which are part of the library: width 1.0, 192 pixels, ImageNet's classes.</summary>
    /// <remarks>
    /// They need neither a network connection nor a file, and work at other input sizes too: 160 pixels cost two thirds of the time, 224 pixels
    /// recognize ImageNet's classes best. Derived from Google's weights (Apache-2.0).
    /// </remarks>
    public static MobileNetV2Weights Bundled => LazyBundled.Value;

    /// <summary>Gets the small weights, which are part of the library: width 0.5, 128 pixels, no classifier.</summary>
    /// <remarks>
    /// They need neither a network connection nor a file, and a third of the time of <see cref="Bundled"/>, whose features are much better for photos.
    /// </remarks>
    public static MobileNetV2Weights BundledSmall => LazyBundledSmall.Value;

    /// <summary>Gets the description of the weights.</summary>
    public WeightsDescription Description { get; }

    /// <summary>Gets the number of features: 1280 up to width multiplier 1.0.</summary>
    public int FeatureCount => Description.Architecture.FeatureCount;

    /// <summary>Gets the number of classes of the classifier.</summary>
    /// <value>0 where the weights have no classifier.</value>
    public int ClassCount { get; }

    /// <summary>Gets a value indicating whether the weights are in memory.</summary>
    /// <value>True for weights from a file; false for weights of the catalog until they are first needed or <see cref="Load"/> was called.</value>
    public bool IsLoaded => _source.IsLoaded;

    internal Checkpoint Checkpoint => _source.Get();

    /// <summary>Reads weights from a file.</summary>
    /// <param name="path">
    /// Path of a safetensors, PyTorch, Keras or ONNX file with the names of torchvision, timm, Keras or TF-slim; batch norm may be folded.
    /// </param>
    /// <returns>The weights. Where the file has no metadata, torchvision's settings are assumed; see <see cref="WithDescription"/>.</returns>
    /// <exception cref="FileNotFoundException">The file does not exist, or is a folder.</exception>
    /// <exception cref="WeightsFormatException">The file is damaged, of an unknown format or of another network.</exception>
    public static MobileNetV2Weights FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The file of weights '{path}' {(Directory.Exists(path) ? "is a folder" : "does not exist")}.", path);
        }

        using FileStream stream = WeightsFile.Open(path);
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

    /// <summary>Returns the same weights with another description: other class names, padding, preprocessing or license.</summary>
    /// <param name="description">The description, usually <c>weights.Description with { … }</c>.</param>
    /// <returns>New weights that share the numbers of these.</returns>
    /// <exception cref="WeightsFormatException">The numbers do not fit the description's architecture or class names.</exception>
    public MobileNetV2Weights WithDescription(WeightsDescription description)
    {
        ArgumentNullException.ThrowIfNull(description);
        if (IsLoaded)
        {
            return new(Checkpoint, description);
        }

        MobileNetV2Architecture own = Description.Architecture;
        MobileNetV2Architecture other = description.Architecture;
        return own.WidthMultiplier == other.WidthMultiplier && own.DepthMultiplier == other.DepthMultiplier
            ? new(_source, description, ClassCount)
            : throw new WeightsFormatException(WeightsFormatError.ShapeMismatch, _source.Name, "it was made for another width or depth multiplier.");
    }

    /// <summary>Downloads the weights if they are not in the cache, and loads them into memory. Does nothing if they are loaded.</summary>
    /// <param name="progress">Receives updates of the download. The default is null.</param>
    /// <param name="cancellationToken">Cancels the download. The part that was received is kept, and the next download resumes from it.</param>
    /// <exception cref="WeightsDownloadException">The file cannot be downloaded; the message names address, cause and remedy.</exception>
    /// <exception cref="WeightsFormatException">The file is not the published one, damaged, or of another network.</exception>
    /// <exception cref="ArgumentException">The environment variable for a mirror is not an address.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Load(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _source.Get(progress, cancellationToken);

    /// <summary>Downloads the weights if they are not in the cache, and loads them into memory. Does nothing if they are loaded.</summary>
    /// <param name="progress">Receives updates of the download. The default is null.</param>
    /// <param name="cancellationToken">Cancels the download. The part that was received is kept, and the next download resumes from it.</param>
    /// <returns>A task that completes when the weights are in memory.</returns>
    /// <exception cref="WeightsDownloadException">The file cannot be downloaded; the message names address, cause and remedy.</exception>
    /// <exception cref="WeightsFormatException">The file is not the published one, damaged, or of another network.</exception>
    /// <exception cref="ArgumentException">The environment variable for a mirror is not an address.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public Task LoadAsync(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _source.GetAsync(progress, cancellationToken);

    /// <summary>Returns the weight and bias of a convolution, batch norm folded in.</summary>
    internal ConvParameters GetConv(ConvLayer layer) => BatchNormFolding.Fold(layer, Checkpoint, Description.BatchNormEpsilon);

    /// <summary>Returns weight (classes, features) and bias (classes) of the classifier.</summary>
    internal (float[] Weight, float[] Bias) GetClassifier() => (
        Checkpoint.Require($"{MobileNetV2Architecture.ClassifierName}.weight").Values,
        Checkpoint.Require($"{MobileNetV2Architecture.ClassifierName}.bias").Values);
}
