using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.HeadTraining;
using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning.Running;

[TestClass]
public sealed class MemoryEstimateTests
{
    private const double LargestRatio = 1.1;
    private const int Features = 1280;

    [TestMethod]
    [DataRow(1f, 96, 4, 0, 2)]
    [DataRow(1f, 192, 32, 14, 2)]
    [DataRow(0.35f, 64, 16, 17, 1)]
    [DataRow(0.5f, 128, 3, 5, 3)]
    public void Of_IsWithinATenthOfWhatIsAllocated(float width, int size, int batchSize, int firstBlock, int partCount)
    {
        TrainingShape shape = new(new(width), PaddingConvention.Symmetric, size, batchSize, 1e-5) { FirstBlock = firstBlock, PartCount = partCount };
        AdamOptions adam = new();
        long before = GC.GetAllocatedBytesForCurrentThread();
        TrainableNetwork network = new(shape);
        Optimizer optimizer = adam.Create(ParameterGroups.Create(network.State, weightDecay: 0, learningRateDecay: 1));
        Snapshot snapshot = new(network, new HeadNetwork(new([new(Features, 2, 0, HeadActivation.Softmax, 0, 0)]), new float[2 * (Features + 1)], maxRows: 1));
        float[][] copies = [snapshot.Take(), snapshot.Take(), snapshot.Take()];
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;

        long estimate = MemoryEstimate.Of(shape, network.State.Kernels, adam.StateCount).Of(batchSize);

        Assert.HasCount(adam.StateCount, optimizer.State);
        Assert.HasCount(3, copies);
        Assert.IsGreaterThan(1 / LargestRatio, (double)estimate / allocated);
        Assert.IsLessThan(LargestRatio, (double)estimate / allocated);
    }

    [TestMethod]
    public void FineTuner_TooLittleMemory_NamesTheLargestBatchThatFits()
    {
        const long Available = 200 << 20;
        FineTuningOptions options = new() { BatchSize = 4096 };
        string Error(long available) => Assert.ThrowsExactly<InvalidOperationException>(() => Create(options, available)).Message;

        string error = Error(Available);
        int largest = int.Parse(error.Split("at most ")[1].Split(',')[0], System.Globalization.CultureInfo.InvariantCulture);

        Assert.StartsWith("Fine-tuning with 4096 images of 192 pixels at once needs about ", error);
        Assert.Contains("; 0.20 GB are available. Set FineTuning.MicroBatchSize to at most ", error);
        Assert.Contains("Not even a batch of one image fits: use smaller images, or unfreeze fewer blocks.", Error(1 << 20));
        options.MicroBatchSize = largest;
        FineTuner fits = Create(options, Available);
        options.MicroBatchSize = largest + 1;
        Error(Available);

        // The cache takes half of what is left, which is little here, unless the user wants more of it in memory.
        options.MicroBatchSize = largest;
        fits.CreateCache(rowLength: 1000, rowCount: 1_000_000).Dispose();
        options.MaxCacheMemory = long.MaxValue;
        string ofCache = Assert.ThrowsExactly<InvalidOperationException>(() => Create(options, Available).CreateCache(rowLength: 1000, rowCount: 1_000_000)).Message;
        Assert.Contains(" GB and 3.73 GB for what the frozen blocks give; 0.20 GB are available. Lower FineTuning.MaxCacheMemory", ofCache);
    }

    private static FineTuner Create(FineTuningOptions options, long available) => new(options, MobileNetV2Weights.Bundled, inputSize: 192, partCount: 2, available);
}
