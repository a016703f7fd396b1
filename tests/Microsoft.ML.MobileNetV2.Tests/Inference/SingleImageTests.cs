using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Inference;

/// <summary>A single image is divided over idle processors, and nobody can tell but by the time that it takes.</summary>
[TestClass]
[DoNotParallelize]
public sealed class SingleImageTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(MobileNetV2Output.Features)]
    [DataRow(MobileNetV2Output.FeatureMap)]
    [DataRow(MobileNetV2Output.ClassLogits)]
    public void Run_AnyDegreeOfParallelism_GivesTheSameBits(MobileNetV2Output output)
    {
        ImageSource image = ImageSource.FromBytes(DiscImages.Draw(1));
        float[] expected = Run(1);

        Assert.AreSequenceEqual(expected, Run(2));
        Assert.AreSequenceEqual(expected, Run(null));

        float[] Run(int? threads)
        {
            using MobileNetV2Engine engine = new(new() { InputSize = 97, Output = output, MaxDegreeOfParallelism = threads });
            return engine.Run(image);
        }
    }

    [TestMethod]
    public void Run_FromManyThreads_GivesTheSameBits()
    {
        byte[][] images = [.. Enumerable.Range(0, 6).Select(seed => DiscImages.Draw(seed))];
        using MobileNetV2Engine engine = new(new() { InputSize = 64 });
        float[][] expected = [.. images.Select(image => engine.Run(ImageSource.FromBytes(image)))];

        Parallel.For(0, 300, new ParallelOptions { MaxDegreeOfParallelism = 3 }, i =>
            Assert.AreSequenceEqual(expected[i % images.Length], engine.Run(ImageSource.FromBytes(images[i % images.Length]))));

        AssertEveryThreadIsBack();
    }

    [TestMethod]
    public void Run_UnreadableImage_GivesItsThreadsBack()
    {
        using MobileNetV2Engine engine = new(new() { InputSize = 64 });

        for (int i = 0; i <= Environment.ProcessorCount; i++)
        {
            Assert.ThrowsExactly<ImageDecodingException>(() => engine.Run(ImageSource.FromBytes("no image"u8.ToArray())));
        }

        AssertEveryThreadIsBack();
    }

    [TestMethod]
    public void Run_OfASequenceThatIsCanceled_GivesItsThreadsBack()
    {
        using MobileNetV2Engine engine = new(new() { InputSize = 64 });
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        ImageSource image = ImageSource.FromBytes(DiscImages.Draw(1));
        int count = 0;

        Assert.ThrowsExactly<OperationCanceledException>(() =>
        {
            foreach (BatchResult<float[]> result in engine.Run(Enumerable.Repeat(image, 1000), cancellation.Token))
            {
                if (++count == 5)
                {
                    cancellation.Cancel();
                }
            }
        });

        Assert.AreEqual(5, count);
        AssertEveryThreadIsBack();
    }

    [TestMethod]
    public void Run_AfterDispose_Throws_AndGivesItsThreadsBack()
    {
        MobileNetV2Engine engine = new(new() { InputSize = 64 });
        engine.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(engine.WarmUp);

        AssertEveryThreadIsBack();
    }

    private static void AssertEveryThreadIsBack()
    {
        ThreadBudget.Enter();
        int borrowed = ThreadBudget.Borrow(1000);
        ThreadBudget.Leave(1 + borrowed);

        Assert.AreEqual(Environment.ProcessorCount - 1, borrowed);
    }
}
