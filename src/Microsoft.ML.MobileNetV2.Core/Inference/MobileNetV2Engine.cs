using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Runs MobileNetV2 on images without ML.NET's data views: on one image, or on a sequence with several threads and results in order.</summary>
/// <remarks>
/// Safe to use from several threads; results do not depend on their number. Holds the memory of a network; the caller disposes it.
/// No thread keeps running when a sequence ends early, whether through an exception, through cancellation or because the caller stops enumerating.
/// </remarks>
public sealed class MobileNetV2Engine : IDisposable
{
    private readonly EngineSettings _settings;
    private readonly ImageEngine _engine;
    private readonly WorkerPool _workers;

    /// <summary>Initializes a new instance of the <see cref="MobileNetV2Engine"/> class with its network loaded.</summary>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public MobileNetV2Engine(MobileNetV2EngineOptions? options = null)
        : this(CreateSettings(options ?? new()), nameof(MobileNetV2Engine))
    {
    }

    /// <param name="settings">The settings.</param>
    /// <param name="owner">The name of the public type that the user disposes, for messages.</param>
    internal MobileNetV2Engine(EngineSettings settings, string owner)
    {
        _settings = settings;
        _engine = settings.CreateEngine(owner);
        _workers = new(settings.MaxDegreeOfParallelism);
    }

    /// <summary>Gets the number of values in the output: features, classes, or features × height × width of the feature map.</summary>
    public int OutputCount => _engine.OutputCount;

    /// <summary>Gets the weights of the network.</summary>
    public MobileNetV2Weights Weights => _settings.Network.Weights;

    /// <summary>Gets the preprocessing from an image to the network's input.</summary>
    public ImagePreprocessing Preprocessing => _settings.Preprocessing;

    /// <summary>Runs the network once on a gray image, so that the first real one takes no longer than the others.</summary>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public void WarmUp()
    {
        ImageInput input = new();
        input.SetPixels(_engine.InputCount).Clear();
        _engine.Compute(input, new float[OutputCount]);
    }

    /// <summary>Runs the network on an image file, on the caller's thread and on processors that are idle.</summary>
    /// <param name="path">The path of the file.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public float[] Run(string path) => Run(ImageSource.FromFile(path));

    /// <summary>Runs the network on an image, on the caller's thread and on processors that are idle.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    public float[] Run(ImageSource image)
    {
        ArgumentNullException.ThrowIfNull(image);
        ImageInput input = new();
        input.Set(image);
        float[] output = new float[OutputCount];
        _engine.Compute(input, output);
        return output;
    }

    /// <summary>Runs the network on image files, with several threads.</summary>
    /// <param name="paths">The paths of the files; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<BatchResult<float[]>> Run(IEnumerable<string> paths, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Iterate(paths.Select(ImageSource.FromFile), cancellationToken);
    }

    /// <summary>Runs the network on a sequence of images, with several threads.</summary>
    /// <param name="images">The images; enumerated on the caller's thread, as far ahead as the threads can work.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<BatchResult<float[]>> Run(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Iterate(images, cancellationToken);
    }

    /// <summary>Runs the network on an image, on a thread of the pool; on as many at once as the options' degree of parallelism.</summary>
    /// <param name="image">The image; it must not be changed or disposed before the task ends.</param>
    /// <param name="cancellationToken">Ends the reading of a stream and the waiting for a free thread; an image that is being processed is finished first.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<float[]> RunAsync(ImageSource image, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(image);
        ImageWorkItem item = new(_engine);
        await item.Input.SetAsync(image, cancellationToken).ConfigureAwait(false);
        _workers.Add(item);
        using (cancellationToken.UnsafeRegister(static state => ((ImageWorkItem)state!).GiveUp(), item))
        {
            await item.CompleteAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (item.Error is not null)
        {
            ExceptionDispatchInfo.Throw(item.Error);
        }

        return item.Output.ToArray();
    }

    /// <summary>Runs the network on a sequence of images that arrive over time, with several threads.</summary>
    /// <param name="images">The images. A result is returned as soon as it is available, whether or not more images have arrived.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read has a result with an error; the sequence continues.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<BatchResult<float[]>> RunAsync(IAsyncEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return IterateAsync(images, cancellationToken);
    }

    /// <summary>Frees the memory of the network as soon as no thread is using it.</summary>
    public void Dispose() => _engine.Dispose();

    private static EngineSettings CreateSettings(MobileNetV2EngineOptions options)
    {
        EngineWarmUp.Begin(options.Runtime);
        return EngineSettings.Create(options, options.Output);
    }

    private IEnumerable<BatchResult<float[]>> Iterate(IEnumerable<ImageSource> images, CancellationToken cancellationToken) =>
        ImageSequence.Compute(images, _engine, _settings.MaxDegreeOfParallelism, cancellationToken);

    private async IAsyncEnumerable<BatchResult<float[]>> IterateAsync(
        IAsyncEnumerable<ImageSource> images, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<ImageSource> source = images.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposable = source.ConfigureAwait(false);
        AsyncLookAhead<ImageSource, ImageWorkItem> work = new(
            _settings.MaxDegreeOfParallelism, () => new ImageWorkItem(_engine), source, (image, item) => item.Input.SetAsync(image, cancellationToken));
        await using ConfiguredAsyncDisposable end = work.ConfigureAwait(false);
        for (long index = 0; await work.MoveNextAsync().ConfigureAwait(false); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work.Current.Index = index;
            yield return work.Current.ToResult();
        }
    }
}
