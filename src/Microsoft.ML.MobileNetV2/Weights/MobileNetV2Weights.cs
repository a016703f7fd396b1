using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Is a set of trained weights with all that is needed to use it: architecture, padding, preprocessing, class names and license.</summary>
/// <remarks>
/// Immutable and safe to use from several threads. Holds managed memory only, so there is nothing to dispose. Weights of the catalog are
/// downloaded and read when their numbers are first needed, or by <see cref="Load"/>; all that is said about them here is known before.
/// </remarks>
public sealed partial class MobileNetV2Weights
{
    private static readonly Lazy<MobileNetV2Weights> LazyBundled = new(BundledWeights.Load);
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

    /// <summary>Gets whether the numbers are in memory.</summary>
    /// <value>True for weights from a file; false for weights of the catalog until they are first needed or <see cref="Load"/> was called.</value>
    public bool IsLoaded => _source.IsLoaded;

    internal Checkpoint Checkpoint => _source.Get();

    /// <summary>Reads weights from a file.</summary>
    /// <param name="path">Path of a safetensors, PyTorch, Keras or ONNX file with the names of torchvision, timm, Keras or TF-slim; batch norm may be folded.</param>
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

    /// <summary>Returns the same numbers under another description: other class names, padding, preprocessing or license.</summary>
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

    /// <summary>Downloads the weights if they are not in the cache, and reads them; does nothing where they are loaded already.</summary>
    /// <param name="progress">Is told of the download. The default is null.</param>
    /// <param name="cancellationToken">Ends the download; what has come is kept and the next one goes on from it.</param>
    /// <exception cref="WeightsDownloadException">The file cannot be downloaded; the message names address, cause and remedy.</exception>
    /// <exception cref="WeightsFormatException">The file is not the published one, damaged, or of another network.</exception>
    /// <exception cref="ArgumentException">The environment variable for a mirror holds no address.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public void Load(IProgress<DownloadProgress>? progress = null, CancellationToken cancellationToken = default) =>
        _source.Get(progress, cancellationToken);

    /// <summary>Downloads the weights if they are not in the cache, and reads them; does nothing where they are loaded already.</summary>
    /// <param name="progress">Is told of the download. The default is null.</param>
    /// <param name="cancellationToken">Ends the download; what has come is kept and the next one goes on from it.</param>
    /// <returns>A task that ends when the weights are in memory.</returns>
    /// <exception cref="WeightsDownloadException">The file cannot be downloaded; the message names address, cause and remedy.</exception>
    /// <exception cref="WeightsFormatException">The file is not the published one, damaged, or of another network.</exception>
    /// <exception cref="ArgumentException">The environment variable for a mirror holds no address.</exception>
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
