using System.IO.Pipelines;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>Methods that return a task read streams asynchronously and observe their token meanwhile.</summary>
[TestClass]
public sealed class AsyncReadingTests : IDisposable
{
    private readonly MobileNetV2Engine _engine = new(new() { InputSize = 64 });

    public required TestContext TestContext { get; init; }

    private CancellationToken End => TestContext.CancellationToken;

    public void Dispose() => _engine.Dispose();

    [TestMethod]
    public async Task RunAsync_StreamThatForbidsSynchronousReads_ReadsIt()
    {
        byte[] encoded = DiscImages.Draw(1);

        float[] output = await _engine.RunAsync(ImageSource.FromStream(new AsyncOnlyStream(encoded)), End).ConfigureAwait(false);

        Assert.AreSequenceEqual(_engine.Run(ImageSource.FromBytes(encoded)), output);
    }

    [TestMethod]
    public async Task RunAsync_SequenceOfStreamsThatForbidSynchronousReads_ReadsThem()
    {
        byte[][] encoded = [.. Enumerable.Range(0, 20).Select(seed => DiscImages.Draw(seed))];
        IAsyncEnumerable<ImageSource> streams = encoded.Select(bytes => ImageSource.FromStream(new AsyncOnlyStream(bytes))).ToAsyncEnumerable();
        List<float[]> outputs = [];

        await foreach (BatchResult<float[]> result in _engine.RunAsync(streams, End).ConfigureAwait(false))
        {
            outputs.Add(result.Value);
        }

        Assert.AreSequenceEqual(encoded.SelectMany(bytes => _engine.Run(ImageSource.FromBytes(bytes))), outputs.SelectMany(output => output));
    }

    [TestMethod]
    public async Task PredictAsync_StreamThatForbidsSynchronousReads_ReadsIt()
    {
        MLContext context = new(1);
        using MobileNetV2PredictionTransformer model = TrainedModels.TrainMulticlass(context);
        using ImageClassifier classifier = context.Model.CreateImageClassifier(model);

        ImagePrediction prediction = await classifier.PredictAsync(
            ImageSource.FromStream(new AsyncOnlyStream(TrainedModels.Draw(1))), cancellationToken: End).ConfigureAwait(false);

        Assert.AreEqual(TrainedModels.LabelOf(1), prediction.Best.Label);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task RunAsync_CanceledWhileAStreamIsRead_EndsTheReading()
    {
        Pipe pipe = new();
        using CancellationTokenSource source = new();

        Task<float[]> task = _engine.RunAsync(ImageSource.FromStream(pipe.Reader.AsStream()), source.Token);
        await source.CancelAsync().ConfigureAwait(false);

        await Assert.ThrowsAsync<OperationCanceledException>(() => task).ConfigureAwait(false);
    }

    [TestMethod]
    public async Task RunAsync_DamagedStreamInASequence_IsAnErrorOfThatImage()
    {
        IAsyncEnumerable<ImageSource> images = new[] { DiscImages.Draw(1), [1, 2, 3], DiscImages.Draw(2) }
            .Select(bytes => ImageSource.FromStream(new AsyncOnlyStream(bytes))).ToAsyncEnumerable();
        List<Type?> errors = [];

        await foreach (BatchResult<float[]> result in _engine.RunAsync(images, End).ConfigureAwait(false))
        {
            errors.Add(result.Error?.GetType());
        }

        Assert.AreSequenceEqual([null, typeof(ImageDecodingException), null], errors);
    }

    [TestMethod]
    public async Task RunAsync_SourceFailsAfterItems_GivesTheItemsFirst()
    {
        List<long> seen = [];

        await Assert.ThrowsExactlyAsync<TimeoutException>(async () =>
        {
            await foreach (BatchResult<float[]> result in _engine.RunAsync(FailingAfter(7), End).ConfigureAwait(false))
            {
                seen.Add(result.Index);
            }
        }).ConfigureAwait(false);

        Assert.AreSequenceEqual([0L, 1, 2, 3, 4, 5, 6], seen);
    }

    private static async IAsyncEnumerable<ImageSource> FailingAfter(int count)
    {
        for (int seed = 0; seed < count; seed++)
        {
            yield return ImageSource.FromBytes(DiscImages.Draw(seed));
        }

        await Task.Yield();
        throw new TimeoutException("the camera is off");
    }
}
