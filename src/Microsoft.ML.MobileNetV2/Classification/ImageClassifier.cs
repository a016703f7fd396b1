using System.Runtime.CompilerServices;
using Microsoft.ML.MobileNetV2.Classification;
using Microsoft.ML.MobileNetV2.Onnx;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Classifies images with a trained model, without data views: one image, or many with several threads.</summary>
/// <remarks>
/// Safe to use from several threads; results do not depend on their number. Holds native memory of ONNX Runtime; the caller disposes it.
/// It takes from a model what it needs and does not depend on it afterwards.
/// </remarks>
public sealed class ImageClassifier : IDisposable
{
    private const int DefaultTopK = 5;

    private readonly ClassifierSettings _settings;
    private readonly MobileNetV2Engine _engine;

    /// <summary>Initializes a classifier from a model in memory.</summary>
    /// <param name="model">
    /// What <c>MulticlassClassification.Trainers.MobileNetV2</c> fitted, alone or in a pipeline, or what <c>mlContext.Model.LoadWithMobileNetV2</c> loaded. Not disposed.
    /// </param>
    /// <param name="options">The settings, read once; null for the defaults.</param>
    /// <exception cref="ArgumentException">The model does not classify images into classes, or options are out of range.</exception>
    public ImageClassifier(ITransformer model, ImageClassifierOptions? options = null)
        : this(ClassifierSettings.Create(options, () => ClassifierModel.Find(model ?? throw new ArgumentNullException(nameof(model)))))
    {
    }

    private ImageClassifier(ClassifierSettings settings)
    {
        _settings = settings;
        _engine = new(settings.Engine);
    }

    /// <summary>Gets the names of the classes in the model's order.</summary>
    public IReadOnlyList<string> Classes => _settings.Engine.OutputNames;

    /// <summary>Gets how images become the network's input.</summary>
    public ImagePreprocessing Preprocessing => _settings.Engine.Preprocessing;

    /// <summary>Loads a classifier from a file.</summary>
    /// <param name="path">Path of a .zip that <c>mlContext.Model.Save</c> wrote.</param>
    /// <param name="options">The settings, read once; null for the defaults.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is no .zip, damaged, or its model does not classify images; the message says what was expected.</exception>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    public static ImageClassifier Load(string path, ImageClassifierOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return new(ClassifierSettings.Create(options, () =>
        {
            using FileStream file = File.OpenRead(path);
            return ClassifierModel.Read(file, path);
        }));
    }

    /// <summary>Loads a classifier from a stream.</summary>
    /// <param name="stream">A .zip that <c>mlContext.Model.Save</c> wrote; read whole. Not disposed.</param>
    /// <param name="options">The settings, read once; null for the defaults.</param>
    /// <returns>The classifier. The caller disposes it.</returns>
    /// <exception cref="InvalidDataException">The stream is no .zip, damaged, or its model does not classify images; the message says what was expected.</exception>
    /// <exception cref="ArgumentException">Options are out of range.</exception>
    public static ImageClassifier Load(Stream stream, ImageClassifierOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        return new(ClassifierSettings.Create(options, () => ClassifierModel.Read(stream, "stream")));
    }

    /// <summary>Classifies one image on the caller's thread.</summary>
    /// <param name="image">The image: a path, encoded bytes, a stream or an MLImage.</param>
    /// <param name="topK">How many classes are wanted, at least 1.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public ImagePrediction Predict(ImageSource image, int topK = DefaultTopK)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return Classify(_engine.Compute(image), topK);
    }

    /// <summary>Classifies a sequence of images with several threads.</summary>
    /// <param name="images">The images; read ahead as far as the threads can work, on the caller's thread.</param>
    /// <param name="topK">How many classes are wanted, at least 1.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<ClassificationResult> Predict(
        IEnumerable<ImageSource> images, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return _engine.Compute(images, cancellationToken).Select(result => Classify(result, topK));
    }

    /// <summary>Classifies one image on a thread of the pool; as many at once as <see cref="ImageClassifierOptions.MaxDegreeOfParallelism"/> says.</summary>
    /// <param name="image">The image; it must not be changed or disposed before the task ends.</param>
    /// <param name="topK">How many classes are wanted, at least 1.</param>
    /// <param name="cancellationToken">Ends the waiting for a free thread; an image that is being worked on is finished first.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<ImagePrediction> PredictAsync(ImageSource image, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return Classify(await _engine.ComputeAsync(image, cancellationToken).ConfigureAwait(false), topK);
    }

    /// <summary>Classifies a sequence of images that come over time, with several threads.</summary>
    /// <param name="images">The images. A result is given as soon as it is there, whether more images have come or not.</param>
    /// <param name="topK">How many classes are wanted, at least 1.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<ClassificationResult> PredictAsync(
        IAsyncEnumerable<ImageSource> images, int topK = DefaultTopK, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(topK);
        return IterateAsync(images, topK, cancellationToken);
    }

    /// <summary>Writes the model as one ONNX file that runs in any ONNX Runtime: see <see cref="MobileNetV2PredictionTransformer.SaveAsOnnx(string)"/>.</summary>
    /// <param name="path">Path of the file; an existing one is replaced, at once and only when all is written.</param>
    /// <exception cref="IOException">The path is a folder, its folder does not exist, or the file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The file or its folder is protected.</exception>
    public void SaveAsOnnx(string path) => OnnxFile.Save(path, _settings.Engine);

    /// <summary>Computes once on a gray image, so that the first real one takes no longer than the others.</summary>
    public void WarmUp() => _engine.WarmUp();

    /// <summary>Frees native memory, as soon as no thread computes in it.</summary>
    public void Dispose() => _engine.Dispose();

    private async IAsyncEnumerable<ClassificationResult> IterateAsync(
        IAsyncEnumerable<ImageSource> images, int topK, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (ImageResult result in _engine.ComputeAsync(images, cancellationToken).ConfigureAwait(false))
        {
            yield return Classify(result, topK);
        }
    }

    private ClassificationResult Classify(ImageResult result, int topK) => new(result, scores => Classify(scores.Span, topK));

    private ImagePrediction Classify(ReadOnlySpan<float> scores, int topK) => ImagePrediction.Of(scores, Classes, topK, _settings.UnknownThreshold);
}
