using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Explanation;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Models;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Classifies images without data views, with a trained model or into ImageNet's classes: one image, or many with several threads.</summary>
/// <remarks>
/// Safe to use from several threads; results do not depend on their number. Holds the memory of a network; the caller disposes it.
/// It takes what it needs from a model and does not depend on it afterwards.
/// </remarks>
public sealed class ImageClassifier : IDisposable
{
    private const int DefaultTopK = 5;

    private readonly ClassifierSettings _settings;
    private readonly MobileNetV2Engine _engine;
    private readonly ActivationMapper _mapper;

    internal ImageClassifier(ClassifierSettings settings)
    {
        _settings = settings;
        _engine = new(settings.Engine, nameof(ImageClassifier));
        _mapper = new(settings.Engine, nameof(ImageClassifier));
    }

    /// <summary>Gets the names of the classes in the model's order.</summary>
    public IReadOnlyList<string> Classes => _settings.Engine.Network.OutputNames;

    /// <summary>Gets how many labels an image has.</summary>
    /// <value><see cref="LabelMode.MultiLabel"/> for a model that was trained with it: any number of the scores of a prediction may apply.</value>
    public LabelMode LabelMode => _settings.LabelMode;

    /// <summary>Gets the description of the backbone's weights: architecture, origin and license.</summary>
    public WeightsDescription WeightsDescription => _settings.Engine.Network.Weights.Description;

    /// <summary>Gets the preprocessing from an image to the network's input.</summary>
    public ImagePreprocessing Preprocessing => _settings.Engine.Preprocessing;

    /// <summary>Gets the score below which an image is considered unknown.</summary>
    internal float UnknownThreshold => _settings.UnknownThreshold;

    /// <summary>Creates a classifier for the 1000 classes of ImageNet, without training and offline.</summary>
    /// <param name="options">
    /// The options, read once. The default is null: <see cref="MobileNetV2Weights.Bundled"/> at 224 pixels. Any weights with a classifier will do.
    /// </param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <remarks>
    /// Labels are those of <see cref="ImageNetClasses.Names"/>, unless the weights have names of their own. Weights of 1001 classes, such as the default
    /// ones, have a class "background" before them, which is kept, so that scores add up to 1: its score is high where none of the others fits.
    /// </remarks>
    /// <exception cref="ArgumentException">Options are out of range, or the weights have no classifier, or one whose classes are not known.</exception>
    /// <exception cref="WeightsDownloadException">The weights are not in the cache and cannot be downloaded.</exception>
    public static ImageClassifier ForImageNet(ImageNetClassifierOptions? options = null)
    {
        EngineWarmUp.Begin(options?.Runtime);
        return new(ImageNetClassifier.Create(options));
    }

    /// <summary>Loads a classifier from a file.</summary>
    /// <param name="path">The path of a .zip that <c>mlContext.Model.Save</c> wrote.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="expectedSha256">The SHA-256 that the file must have, as 64 hexadecimal digits; null for any file.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <remarks>
    /// Safe for untrusted files: nothing in the file is executed, and it is refused if it is damaged, contradicts itself, or demands more than the options
    /// allow. Which labels it predicts is up to whoever made it.
    /// </remarks>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">
    /// The file is no .zip, damaged, not the expected one, exceeds the limits of the options, its model does not classify images, or another
    /// step of it changes images or scores. The message names the file,
    /// the part of it, and what was expected.
    /// </exception>
    /// <exception cref="ArgumentException">Options are out of range, or <paramref name="expectedSha256"/> is no SHA-256.</exception>
    public static ImageClassifier Load(string path, ImageClassifierOptions? options = null, string? expectedSha256 = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ModelStream.RequireSha256(expectedSha256, nameof(expectedSha256));
        options ??= new();
        ClassifierModel.BeginWarmUp(options.Runtime);
        return new(ClassifierSettings.Create(options, () =>
        {
            using FileStream file = ModelStream.Open(path);
            return ClassifierModel.Read(file, path, options.Limits, expectedSha256);
        }));
    }

    /// <summary>Loads a classifier from a stream.</summary>
    /// <param name="stream">A .zip that <c>mlContext.Model.Save</c> wrote; read whole. Not disposed.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="expectedSha256">The SHA-256 that the stream's content must have, as 64 hexadecimal digits; null for any content.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <remarks>As safe as <see cref="Load(string, ImageClassifierOptions, string)"/>.</remarks>
    /// <exception cref="InvalidDataException">
    /// The stream is no .zip, damaged, not the expected one, exceeds the limits of the options, its model does not classify images, or
    /// another step of it changes images or scores. The message names the
    /// part of it and what was expected.
    /// </exception>
    /// <exception cref="ArgumentException">Options are out of range, or <paramref name="expectedSha256"/> is no SHA-256.</exception>
    public static ImageClassifier Load(Stream stream, ImageClassifierOptions? options = null, string? expectedSha256 = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ModelStream.RequireSha256(expectedSha256, nameof(expectedSha256));
        options ??= new();
        ClassifierModel.BeginWarmUp(options.Runtime);
        return new(ClassifierSettings.Create(options, () => ClassifierModel.Read(stream, nameof(stream), options.Limits, expectedSha256)));
    }

    /// <summary>Classifies an image file, on the caller's thread and on processors that are idle.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public ImagePrediction Predict(string path, int topK = DefaultTopK) => Predict(ImageSource.FromFile(path), topK);

    /// <summary>Classifies an image, on the caller's thread and on processors that are idle.</summary>
    /// <param name="image">The image.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public ImagePrediction Predict(ImageSource image, int topK = DefaultTopK)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return Rank(_engine.Run(image), topK);
    }

    /// <summary>Classifies image files, with several threads.</summary>
    /// <param name="paths">The paths of the files; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<BatchResult<ImagePrediction>> Predict(
        IEnumerable<string> paths, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Predict(paths.Select(ImageSource.FromFile), topK, cancellationToken);
    }

    /// <summary>Classifies a sequence of images, with several threads.</summary>
    /// <param name="images">The images; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<BatchResult<ImagePrediction>> Predict(
        IEnumerable<ImageSource> images, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return _engine.Run(images, cancellationToken).Select(result => result.Select(scores => Rank(scores, topK)));
    }

    /// <summary>Classifies an image, on a thread of the pool; as many at once as <see cref="ImageClassifierOptions.MaxDegreeOfParallelism"/> allows.</summary>
    /// <param name="image">The image; it must not be changed or disposed before the task ends.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the reading of a stream and the waiting for a free thread; an image that is being processed is finished first.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<ImagePrediction> PredictAsync(ImageSource image, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return Rank(await _engine.RunAsync(image, cancellationToken).ConfigureAwait(false), topK);
    }

    /// <summary>Classifies a sequence of images that arrive over time, with several threads.</summary>
    /// <param name="images">The images. A result is returned as soon as it is available, whether or not more images have arrived.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<BatchResult<ImagePrediction>> PredictAsync(
        IAsyncEnumerable<ImageSource> images, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return IterateAsync(images, topK, cancellationToken);
    }

    /// <summary>Computes which parts of an image file speak for a class: the class activation map.</summary>
    /// <param name="path">The path of the file.</param>
    /// <param name="label">The class to explain; null for the one with the highest score.</param>
    /// <returns>The map, which can be drawn over the image.</returns>
    /// <exception cref="ArgumentException">The model has no class of this name.</exception>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public ImageExplanation Explain(string path, string? label = null) => Explain(ImageSource.FromFile(path), label);

    /// <summary>Computes which parts of an image speak for a class: the class activation map.</summary>
    /// <param name="image">The image. A file or stream is read at once; an image in memory must not change until the map is drawn over it.</param>
    /// <param name="label">The class to explain; null for the one with the highest score.</param>
    /// <returns>The map, which can be drawn over the image.</returns>
    /// <remarks>The first call loads the network a second time, with the feature map as its output.</remarks>
    /// <exception cref="ArgumentException">The model has no class of this name.</exception>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public ImageExplanation Explain(ImageSource image, string? label = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        return _mapper.Explain(image, label);
    }

    /// <summary>Writes the model as one ONNX file that runs in any ONNX Runtime: pixels of any size in, scores, class names and the best class out.</summary>
    /// <param name="path">The path of the file; an existing one is replaced atomically, after everything is written.</param>
    /// <param name="dataType">
    /// The data type of the matrices and kernels. The default, <see cref="TensorDataType.Float32"/>, loses nothing. <see cref="TensorDataType.Float16"/>
    /// halves the file; scores change by less than 0.01. The numbers become 32-bit when the file is loaded, so speed and memory do not change.
    /// </param>
    /// <exception cref="ArgumentException">A weight is too large for <see cref="TensorDataType.Float16"/>; nothing is written.</exception>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public void SaveAsOnnx(string path, TensorDataType dataType = TensorDataType.Float32) =>
        OnnxFile.Save(path, _settings.Engine.Network, Preprocessing, dataType);

    /// <summary>Runs the network once on a gray image, so that the first real one takes no longer than the others.</summary>
    /// <exception cref="ObjectDisposedException">The classifier is disposed.</exception>
    public void WarmUp() => _engine.WarmUp();

    /// <summary>Frees the memory of the network as soon as no thread is using it.</summary>
    public void Dispose()
    {
        _engine.Dispose();
        _mapper.Dispose();
    }

    /// <summary>Returns the scores of all classes for a sequence of files, with several threads.</summary>
    internal IEnumerable<BatchResult<float[]>> RunScores(IEnumerable<string> paths, CancellationToken cancellationToken) => _engine.Run(paths, cancellationToken);

    private async IAsyncEnumerable<BatchResult<ImagePrediction>> IterateAsync(
        IAsyncEnumerable<ImageSource> images, int topK, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (BatchResult<float[]> result in _engine.RunAsync(images, cancellationToken).ConfigureAwait(false))
        {
            yield return result.Select(scores => Rank(scores, topK));
        }
    }

    private ImagePrediction Rank(float[] scores, int topK) => ImagePrediction.Rank(scores, Classes, topK, _settings);
}
