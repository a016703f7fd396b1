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
    public void Compute_OfEachFormOfAnImage_GivesTheSameOutput()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = DiscImages.Draw(1);
        string path = folder.Write("1.png", encoded);
        using MLImage image = MLImage.CreateFromFile(path);
        using MemoryStream stream = new(encoded);
        using MobileNetV2Engine engine = new(SmallOptions);

        float[] expected = engine.Compute(path);

        Assert.HasCount(engine.OutputCount, expected);
        Assert.AreSequenceEqual(expected, engine.Compute(ImageSource.FromBytes(encoded)));
        Assert.AreSequenceEqual(expected, engine.Compute(ImageSource.FromStream(stream)));
        Assert.AreSequenceEqual(expected, engine.Compute(ImageSource.FromImage(image)));
    }

    [TestMethod]
    public void Compute_OfASequence_GivesWhatEachImageGivesAloneInOrder()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 40);
        using MobileNetV2Engine engine = new(SmallOptions);

        ImageResult[] results = [.. engine.Compute(paths.Select(ImageSource.FromFile), TestContext.CancellationToken)];

        Assert.AreSequenceEqual(Enumerable.Range(0, 40).Select(index => (long)index), results.Select(result => result.Index));
        foreach ((string path, ImageResult result) in paths.Zip(results))
        {
            Assert.AreSequenceEqual(engine.Compute(path), result.Values.ToArray());
        }
    }

    [TestMethod]
    public void Compute_OfASequenceWithABrokenImage_GivesAnErrorForItAndGoesOn()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 5);
        paths[3] = folder.Write("broken.jpg", "no image"u8);
        using MobileNetV2Engine engine = new(SmallOptions);

        ImageResult[] results = [.. engine.Compute(paths.Select(ImageSource.FromFile), TestContext.CancellationToken)];

        Assert.AreSequenceEqual([false, false, false, true, false], results.Select(result => result.Error is not null));
        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(() => results[3].Values);
        Assert.Contains("broken.jpg", error.Message);
    }

    [TestMethod]
    public void Compute_OfASequenceThatIsCanceled_EndsAtTheNextImage()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        using MobileNetV2Engine engine = new(SmallOptions);
        using CancellationTokenSource cancellation = new();
        int count = 0;

        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            foreach (ImageResult result in engine.Compute(Enumerable.Repeat(ImageSource.FromFile(path), int.MaxValue), cancellation.Token))
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
    public void Compute_OfASequenceThatIsLeftEarly_EndsTheSource()
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
                    yield return path;
                }
            }
            finally
            {
                isSourceEnded = true;
            }
        }

        ImageResult[] results = [.. engine.Compute(Endless(), TestContext.CancellationToken).Take(5)];

        Assert.HasCount(5, results);
        Assert.IsTrue(isSourceEnded);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public async Task ComputeAsync_GivesAResultBeforeTheNextImageComes()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 12);
        using MobileNetV2Engine engine = new(SmallOptions);
        Channel<ImageSource> channel = Channel.CreateUnbounded<ImageSource>();
        List<float[]> outputs = [];

        await channel.Writer.WriteAsync(paths[0], TestContext.CancellationToken).ConfigureAwait(false);
        await foreach (ImageResult result in engine.ComputeAsync(channel.Reader.ReadAllAsync(TestContext.CancellationToken), TestContext.CancellationToken).ConfigureAwait(false))
        {
            // Only now the next image is sent: an engine that waits to fill its threads first would never come here.
            outputs.Add(result.Values.ToArray());
            if (outputs.Count < paths.Length)
            {
                await channel.Writer.WriteAsync(paths[outputs.Count], TestContext.CancellationToken).ConfigureAwait(false);
            }
            else
            {
                channel.Writer.Complete();
            }
        }

        Assert.HasCount(paths.Length, outputs);
        foreach ((string path, float[] output) in paths.Zip(outputs))
        {
            Assert.AreSequenceEqual(engine.Compute(path), output);
        }
    }

    [TestMethod]
    public async Task ComputeAsync_OfASourceThatThrows_ThrowsTheSame()
    {
        using TemporaryFolder folder = new();
        string path = DiscImages.WriteMany(folder, 1)[0];
        using MobileNetV2Engine engine = new(SmallOptions);
        int count = 0;

        async IAsyncEnumerable<ImageSource> Failing([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            yield return path;
            await Task.Yield();
            throw new TimeoutException("the camera is off");
        }

        TimeoutException error = await Assert.ThrowsExactlyAsync<TimeoutException>(async () =>
        {
            await foreach (ImageResult result in engine.ComputeAsync(Failing(TestContext.CancellationToken), TestContext.CancellationToken).ConfigureAwait(false))
            {
                count++;
            }
        }).ConfigureAwait(false);

        Assert.AreEqual("the camera is off", error.Message);
        Assert.IsLessThanOrEqualTo(1, count);
    }

    [TestMethod]
    public void Compute_OnEightThreadsAtOnce_GivesTheSameBitsAsOnOne()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 10);
        using MobileNetV2Engine engine = new(SmallOptions);
        float[][] expected = [.. paths.Select(path => engine.Compute(path))];

        Parallel.For(0, 8, new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = TestContext.CancellationToken }, _ =>
        {
            foreach ((string path, float[] output) in paths.Zip(expected))
            {
                Assert.AreSequenceEqual(output, engine.Compute(path));
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
                engine.Compute(path);
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
        Assert.ThrowsExactly<ObjectDisposedException>(() => engine.Compute(path));
    }

    [TestMethod]
    public void ConfigureSession_IsAppliedOnce()
    {
        int calls = 0;

        using MobileNetV2Engine engine = new(new MobileNetV2EngineOptions
        {
            InputSize = 64,
            ConfigureSession = options =>
            {
                calls++;
                options.IntraOpNumThreads = 2;
            },
        });
        engine.WarmUp();

        Assert.AreEqual(1, calls);
    }
}
