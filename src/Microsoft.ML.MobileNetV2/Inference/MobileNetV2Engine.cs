using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Computes MobileNetV2 for pictures without ML.NET's data views: one picture, or a sequence with several threads, results in order.</summary>
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

    /// <summary>Gets how pictures become the network's input.</summary>
    public ImagePreprocessing Preprocessing => _settings.Preprocessing;

    /// <summary>Computes once on a grey picture, so that the first real one takes no longer than the others.</summary>
    public void WarmUp()
    {
        ImageInput input = new();
        input.CopyPixels(new Data.VBuffer<float>(_engine.InputCount, new float[_engine.InputCount]));
        _engine.Compute(input, new float[OutputCount]);
    }

    /// <summary>Computes one picture on the caller's thread.</summary>
    /// <param name="image">The picture.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The picture is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    public float[] Compute(ImageSource image)
    {
        ImageInput input = new();
        image.CopyTo(input);
        float[] output = new float[OutputCount];
        _engine.Compute(input, output);
        return output;
    }

    /// <summary>Computes a sequence of pictures with several threads.</summary>
    /// <param name="images">The pictures; read ahead as far as the threads can work, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the sequence at the next picture.</param>
    /// <returns>A result for each picture, in order. A picture that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public IEnumerable<ImageResult> Compute(IEnumerable<ImageSource> images, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(images);
        return Iterate(images, cancellationToken);
    }

    /// <summary>Computes one picture on a thread of the pool; as many at once as the options' degree of parallelism.</summary>
    /// <param name="image">The picture; it must not be changed or disposed before the task ends.</param>
    /// <param name="cancellationToken">Ends the waiting for a free thread; a picture that is being computed is finished first.</param>
    /// <returns>The network's output; <see cref="OutputCount"/> numbers.</returns>
    /// <exception cref="ImageDecodingException">The picture is damaged or of no known format.</exception>
    /// <exception cref="IOException">The file is missing or cannot be read.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public async Task<float[]> ComputeAsync(ImageSource image, CancellationToken cancellationToken = default)
    {
        PictureSlot slot = new(_engine);
        image.CopyTo(slot.Input);
        _workers.Add(slot);
        using (cancellationToken.UnsafeRegister(static state => ((PictureSlot)state!).GiveUp(), slot))
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

    /// <summary>Computes a sequence of pictures that come over time, with several threads.</summary>
    /// <param name="images">The pictures. A result is given as soon as it is there, whether more pictures have come or not.</param>
    /// <param name="cancellationToken">Ends the sequence at the next picture.</param>
    /// <returns>A result for each picture, in order. A picture that cannot be read gives a result with an error; the sequence goes on.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
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
        using LookAhead<PictureSlot> pictures = new(_settings.MaxDegreeOfParallelism, () => new PictureSlot(_engine), slot =>
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

        while (pictures.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(pictures.Current);
        }
    }

    private async IAsyncEnumerable<ImageResult> IterateAsync(
        IAsyncEnumerable<ImageSource> images, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        IAsyncEnumerator<ImageSource> source = images.GetAsyncEnumerator(cancellationToken);
        await using ConfiguredAsyncDisposable disposable = source.ConfigureAwait(false);
        AsyncLookAhead<ImageSource, PictureSlot> pictures = new(
            _settings.MaxDegreeOfParallelism, () => new PictureSlot(_engine), source, (image, slot) => image.CopyTo(slot.Input));
        await using ConfiguredAsyncDisposable end = pictures.ConfigureAwait(false);
        for (long index = 0; await pictures.MoveNextAsync().ConfigureAwait(false); index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            pictures.Current.Index = index;
            yield return new(pictures.Current);
        }
    }
}
