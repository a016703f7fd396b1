using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Computes MobileNetV2 for images without ML.NET's data views: one image, or a sequence with several threads, results in order.</summary>
/// <remarks>
/// Safe to use from several threads; results do not depend on their number. Holds native memory of ONNX Runtime; the caller disposes it.
/// No thread stays behind when a sequence ends early, whether by an exception, by cancellation or because nobody asks for more.
/// </remarks>
public sealed class MobileNetV2Engine : IDisposable
{
    private readonly EngineSettings _settings;
    private readonly ImageEngine _engine;
    private readonly WorkerPool _workers;

    /// <summary>Initializes an engine: the network is loaded and ready.</summary>
    /// <param name="options">The settings, read once; null for the defaults.</param>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    public MobileNetV2Engine(MobileNetV2EngineOptions? options = null)
        : this(EngineSettings.Create(options ?? new MobileNetV2EngineOptions(), options?.Output ?? MobileNetV2Output.Features))
    {
    }

    internal MobileNetV2Engine(EngineSettings settings)
    {
        _settings = settings;
        _engine = settings.CreateEngine();
        _workers = new(settings.MaxDegreeOfParallelism);
    }

    /// <summary>Gets the count of numbers in the output: features, classes, or features × height × width of the feature map.</summary>
    public int OutputCount => _engine.OutputCount;

    /// <summary>Gets how images become the network's input.</summary>
    public ImagePreprocessing Preprocessing => _settings.Preprocessing;

    /// <summary>Computes once on a gray image, so that the first real one takes no longer than the others.</summary>
    public void WarmUp()
    {
        ImageInput input = new();
        input.CopyPixels(new Data.VBuffer<float>(_engine.InputCount, new float[_engine.InputCount]));
        _engine.Compute(input, new float[OutputCount]);
    }

    /// <summary>Computes one image on the caller's thread.</summary>
    /// <param name="image">The image.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public float[] Compute(ImageSource image)
    {
        ImageInput input = new();
        image.CopyTo(input);
        float[] output = new float[OutputCount];
        _engine.Compute(input, output);
        return output;
    }

    /// <summary>Computes a sequence of images with several threads.</summary>
    /// <param name="images">The images; read ahead as far as the threads can work, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IEnumerable<ImageResult> Compute(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Iterate(images, cancellationToken);
    }

    /// <summary>Computes one image on a thread of the pool; as many at once as the options' degree of parallelism.</summary>
    /// <param name="image">The image; it must not be changed or disposed before the task ends.</param>
    /// <param name="cancellationToken">Ends the waiting for a free thread; an image that is being computed is finished first.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<float[]> ComputeAsync(ImageSource image, CancellationToken cancellationToken = default)
    {
        ImageWorkItem slot = new(_engine);
        image.CopyTo(slot.Input);
        _workers.Add(slot);
        using (cancellationToken.UnsafeRegister(static state => ((ImageWorkItem)state!).GiveUp(), slot))
        {
            await slot.CompleteAsync().ConfigureAwait(false);
        }

        cancellationToken.ThrowIfCancellationRequested();
        if (slot.Error is not null)
        {
            ExceptionDispatchInfo.Throw(slot.Error);
        }

        return slot.Output.ToArray();
    }

    /// <summary>Computes a sequence of images that come over time, with several threads.</summary>
    /// <param name="images">The images. A result is given as soon as it is there, whether more images have come or not.</param>
    /// <param name="cancellationToken">Ends the sequence at the next image.</param>
    /// <returns>A result for each image, in order. An image that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public IAsyncEnumerable<ImageResult> ComputeAsync(IAsyncEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return IterateAsync(images, cancellationToken);
    }

    /// <summary>Frees native memory, as soon as no thread computes in it.</summary>
    public void Dispose() => _engine.Dispose();

    private IEnumerable<ImageResult> Iterate(IEnumerable<ImageSource> images, CancellationToken cancellationToken)
    {
        using IEnumerator<ImageSource> source = images.GetEnumerator();
        long index = 0;
        using LookAhead<ImageWorkItem> work = new(_settings.MaxDegreeOfParallelism, () => new ImageWorkItem(_engine), slot =>
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!source.MoveNext())
            {
                return false;
            }

            slot.Index = index++;
            source.Current.CopyTo(slot.Input);
            return true;
        });

        while (work.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(work.Current);
        }
    }

    private async IAsyncEnumerable<ImageResult> IterateAsync(
        IAsyncEnumerable<ImageSource> images, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<ImageSource> source = images.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposable = source.ConfigureAwait(false);
        AsyncLookAhead<ImageSource, ImageWorkItem> work = new(
            _settings.MaxDegreeOfParallelism, () => new ImageWorkItem(_engine), source, (image, slot) => image.CopyTo(slot.Input));
        await using ConfiguredAsyncDisposable end = work.ConfigureAwait(false);
        for (long index = 0; await work.MoveNextAsync().ConfigureAwait(false); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            work.Current.Index = index;
            yield return new(work.Current);
        }
    }
}
