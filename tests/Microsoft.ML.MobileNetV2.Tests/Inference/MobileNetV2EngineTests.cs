using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

[TestClass]
public sealed class MobileNetV2EngineTests
{
    private static readonly MobileNetV2EngineOptions SmallOptions = new() { InputSize = 64 };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Run_OfEachFormOfAnImage_GivesTheSameOutput()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = DiscImages.Draw(1);
        string path = folder.Write("1.png", encoded);
        using MLImage image = MLImage.CreateFromFile(path);
        using MemoryStream stream = new(encoded);
        using MobileNetV2Engine engine = new(SmallOptions);

        float[] expected = engine.Run(path);

        Assert.HasCount(engine.OutputCount, expected);
        Assert.AreSequenceEqual(expected, engine.Run(ImageSource.FromBytes(encoded)));
        Assert.AreSequenceEqual(expected, engine.Run(ImageSource.FromStream(stream)));
        Assert.AreSequenceEqual(expected, engine.Run(ImageSource.FromImage(image)));
    }

    [TestMethod]
    public void Run_OfASequence_GivesWhatEachImageGivesAloneInOrder()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 40);
        using MobileNetV2Engine engine = new(SmallOptions);

        BatchResult<float[]>[] results = [.. engine.Run(paths, TestContext.CancellationToken)];

        Assert.AreSequenceEqual(Enumerable.Range(0, 40).Select(index => (long)index), results.Select(result => result.Index));
        foreach ((string path, BatchResult<float[]> result) in paths.Zip(results))
        {
            Assert.AreSequenceEqual(engine.Run(path), result.Value);
        }
    }

    [TestMethod]
    public void Run_OfASequenceWithABrokenImage_GivesAnErrorForItAndGoesOn()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 5);
        paths[3] = folder.Write("broken.jpg", "no image"u8);
        using MobileNetV2Engine engine = new(SmallOptions);

        BatchResult<float[]>[] results = [.. engine.Run(paths, TestContext.CancellationToken)];

        Assert.AreSequenceEqual([false, false, false, true, false], results.Select(result => result.Error is not null));
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => results[3].Value);
        Assert.Contains("broken.jpg", error.Message);
    }

    [TestMethod]
    public void Run_OfASequenceThatIsCanceled_EndsAtTheNextImage()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        using MobileNetV2Engine engine = new(SmallOptions);
        using CancellationTokenSource cancellation = new();
        int count = 0;

        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            foreach (BatchResult<float[]> result in engine.Run(Enumerable.Repeat(ImageSource.FromFile(path), int.MaxValue), cancellation.Token))
            {
                if (++count == 3)
                {
                    cancellation.Cancel();
                }
            }
        });

        Assert.AreEqual(3, count);
    }

    [TestMethod]
    public void Run_OfASequenceThatIsLeftEarly_EndsTheSource()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        using MobileNetV2Engine engine = new(SmallOptions);
        bool isSourceEnded = false;

        IEnumerable<ImageSource> Endless()
        {
            try
            {
                while (true)
                {
                    yield return ImageSource.FromFile(path);
                }
            }
            finally
            {
                isSourceEnded = true;
            }
        }

        BatchResult<float[]>[] results = [.. engine.Run(Endless(), TestContext.CancellationToken).Take(5)];

        Assert.HasCount(5, results);
        Assert.IsTrue(isSourceEnded);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task RunAsync_GivesAResultBeforeTheNextImageComes()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 12);
        using MobileNetV2Engine engine = new(SmallOptions);
        Channel<ImageSource> channel = Channel.CreateUnbounded<ImageSource>();
        List<float[]> outputs = [];

        await channel.Writer.WriteAsync(ImageSource.FromFile(paths[0]), TestContext.CancellationToken).ConfigureAwait(false);
        await foreach (BatchResult<float[]> result in engine.RunAsync(channel.Reader.ReadAllAsync(TestContext.CancellationToken), TestContext.CancellationToken).ConfigureAwait(false))
        {
            // Only now the next image is sent: an engine that waits to fill its threads first would never come here.
            outputs.Add(result.Value);
            if (outputs.Count < paths.Length)
            {
                await channel.Writer.WriteAsync(ImageSource.FromFile(paths[outputs.Count]), TestContext.CancellationToken).ConfigureAwait(false);
            }
            else
            {
                channel.Writer.Complete();
            }
        }

        Assert.HasCount(paths.Length, outputs);
        foreach ((string path, float[] output) in paths.Zip(outputs))
        {
            Assert.AreSequenceEqual(engine.Run(path), output);
        }
    }

    [TestMethod]
    public async Task RunAsync_OfASourceThatThrows_ThrowsTheSame()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        using MobileNetV2Engine engine = new(SmallOptions);
        int count = 0;

        async IAsyncEnumerable<ImageSource> Failing([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return ImageSource.FromFile(path);
            await Task.Yield();
            throw new TimeoutException("the camera is off");
        }

        TimeoutException error = await Assert.ThrowsExactlyAsync<TimeoutException>(async () =>
        {
            await foreach (BatchResult<float[]> result in engine.RunAsync(Failing(TestContext.CancellationToken), TestContext.CancellationToken).ConfigureAwait(false))
            {
                count++;
            }
        }).ConfigureAwait(false);

        Assert.AreEqual("the camera is off", error.Message);
        Assert.IsLessThanOrEqualTo(1, count);
    }

    [TestMethod]
    public void Run_OnEightThreadsAtOnce_GivesTheSameBitsAsOnOne()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 10);
        using MobileNetV2Engine engine = new(SmallOptions);
        float[][] expected = [.. paths.Select(path => engine.Run(path))];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.CancellationToken }, _ =>
        {
            foreach ((string path, float[] output) in paths.Zip(expected))
            {
                Assert.AreSequenceEqual(output, engine.Run(path));
            }
        });
    }

    [TestMethod]
    public void Dispose_WhileThreadsCompute_LetsThemFinishAndRefusesWhatComesLater()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        MobileNetV2Engine engine = new(SmallOptions);
        int finished = 0;

        Parallel.For(0, 40, new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = TestContext.CancellationToken }, index =>
        {
            try
            {
                engine.Run(path);
                Interlocked.Increment(ref finished);
            }
            catch (ObjectDisposedException)
            {
            }

            if (index == 5)
            {
                engine.Dispose();
            }
        });

        Assert.IsGreaterThanOrEqualTo(1, finished);
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Run(path));
    }

    [TestMethod]
    public void ConfigureSession_IsAppliedOnce()
    {
        int calls = 0;

        using MobileNetV2Engine engine = new(new MobileNetV2EngineOptions
        {
            InputSize = 64,
            Runtime = InferenceRuntime.OnnxRuntime(options =>
            {
                calls++;
                options.IntraOpNumThreads = 2;
            }),
        });
        engine.WarmUp();

        Assert.AreEqual(1, calls);
    }
}
