using System.Runtime.Intrinsics;
using Microsoft.ML.MobileNetV2.Architecture;
using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Numerics;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning;

/// <summary>Compares a network in training with the same in float64: every padding, odd sizes, small batches, every register width.</summary>
[TestClass]
public sealed class TrainableNetworkTests
{
    private const float Width = 0.35f;
    private const double Epsilon = 1e-5;

    /// <summary>Of the largest gradient of a tensor, where batch norm has fixed statistics: float32 through 53 layers.</summary>
    private const double FrozenTolerance = 1e-4;

    /// <summary>With the statistics of the batch, errors of the layers before are divided by small deviations.</summary>
    private const double TrainedTolerance = 3e-3;

    /// <summary>
    /// In 53 layers with the statistics of the batch, a ReLU6 whose input is within rounding of a corner falls on the other side: of a tensor's largest
    /// gradient, half of the tensors stay within this, and none goes beyond the other.
    /// </summary>
    private const double MedianWithFlips = 1e-2;
    private const double WorstWithFlips = 0.3;
    private const int MostBatches = 5;

    [TestMethod]
    [DataRow(PaddingConvention.Symmetric, 32, 1)]
    [DataRow(PaddingConvention.Symmetric, 33, 3)]
    [DataRow(PaddingConvention.Same, 32, 3)]
    [DataRow(PaddingConvention.Same, 35, 1)]
    public void Backward_FrozenBatchNorm_GivesTheGradientsOfFloat64(PaddingConvention padding, int size, int count) => AssertWithin(
        FrozenTolerance, Compare(new(new(Width), padding, size, count, Epsilon) { PartCount = 2 }, usesBatchStatistics: false, TrainingKernels.Widest));

    [TestMethod]
    [DataRow(PaddingConvention.Symmetric, 97, 13, 2)]
    [DataRow(PaddingConvention.Same, 97, 13, 1)]
    [DataRow(PaddingConvention.Same, 96, 14, 2)]
    [DataRow(PaddingConvention.Symmetric, 64, 16, 2)]
    [DataRow(PaddingConvention.Symmetric, 64, 17, 1)]
    public void Backward_TrainedBatchNormOfTheLastBlocks_GivesTheGradientsOfFloat64(PaddingConvention padding, int size, int firstBlock, int partCount)
    {
        TrainingShape shape = new(new(Width), padding, size, 4, Weights(padding).Description.BatchNormEpsilon) { FirstBlock = firstBlock, PartCount = partCount };

        // A flip depends on the images, a mistake does not.
        IEnumerable<double> largest = Enumerable.Range(0, MostBatches).Select(batch =>
            Compare(shape, usesBatchStatistics: true, TrainingKernels.Widest, batch).Values.Max());
        Assert.Contains(difference => difference <= TrainedTolerance, largest);
    }

    [TestMethod]
    [DataRow(PaddingConvention.Symmetric, 64)]
    [DataRow(PaddingConvention.Same, 65)]
    public void Backward_TrainedBatchNorm_GivesTheGradientsOfFloat64UpToFlips(PaddingConvention padding, int size)
    {
        double[] differences = [.. Compare(
            new(new(Width), padding, size, 4, Epsilon) { PartCount = 2 }, usesBatchStatistics: true, TrainingKernels.Widest).Values.Order()];

        Assert.IsLessThanOrEqualTo(MedianWithFlips, differences[differences.Length / 2]);
        Assert.IsLessThanOrEqualTo(WorstWithFlips, differences[^1]);
    }

    [TestMethod]
    public void Backward_WithEveryRegisterWidth_GivesTheGradientsOfFloat64()
    {
        TrainingKernels[] all =
        [
            new TrainingKernels<SimdScalar, float>(),
            new TrainingKernels<Simd128, Vector128<float>>(),
            new TrainingKernels<Simd256, Vector256<float>>(),
            new TrainingKernels<Simd512, Vector512<float>>(),
        ];
        foreach (TrainingKernels kernels in all)
        {
            AssertWithin(
                FrozenTolerance, Compare(new(new(Width), PaddingConvention.Same, 33, 2, Epsilon) { PartCount = 1 }, usesBatchStatistics: false, kernels));
        }
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(14)]
    [DataRow(17)]
    public void Backward_OfTheLastBlocks_GivesTheirGradientsOfTheWholeNetwork(int firstBlock)
    {
        MobileNetV2Weights weights = Weights(PaddingConvention.Symmetric);
        TrainingShape shape = new(new(Width), PaddingConvention.Symmetric, 64, 2, Epsilon);
        int[] labels = [1, 0];
        float[] images = SyntheticNetwork.Input(64, 2);
        TrainingCase whole = new(shape, weights, labels, images);
        whole.Step(usesBatchStatistics: false, smoothing: 0.1);
        TrainingShape lastShape = shape with { FirstBlock = firstBlock };
        TrainingCase last = new(lastShape, weights, labels, RunPrefix(weights, lastShape, images, 2));

        last.Step(usesBatchStatistics: false, smoothing: 0.1);

        Dictionary<string, float[]> expected = whole.Gradients();
        foreach ((string name, float[] gradient) in last.Gradients())
        {
            Assert.IsLessThanOrEqualTo(FrozenTolerance, Difference([.. expected[name].Select(value => (double)value)], gradient), name);
        }
    }

    [TestMethod]
    public void Backward_Twice_GivesTheSameBits()
    {
        TrainingCase run = Create(new(new(Width), PaddingConvention.Symmetric, 64, 5, Epsilon) { PartCount = 3 }, TrainingKernels.Widest);

        run.Step(usesBatchStatistics: true, smoothing: 0);
        float[] first = [.. run.Network.Gradients];
        run.Step(usesBatchStatistics: true, smoothing: 0);

        Assert.AreSequenceEqual(first, run.Network.Gradients);
    }

    [TestMethod]
    public void Forward_FewerImagesThanThreads_GivesTheSameFeatures()
    {
        TrainingShape shape = new(new(Width), PaddingConvention.Symmetric, 32, 4, Epsilon);
        TrainableNetwork one = Load(shape with { PartCount = 1 }), many = Load(shape with { PartCount = 4 });
        float[] image = SyntheticNetwork.Input(32, 1);
        foreach (TrainableNetwork network in new[] { one, many })
        {
            image.CopyTo(network.InputOf(0));
            network.Forward(1, usesBatchStatistics: false);
        }

        Assert.AreSequenceEqual(one.FeaturesOf(0).ToArray(), many.FeaturesOf(0).ToArray());
    }

    [TestMethod]
    public void Forward_MoreImagesThanABatchHas_Throws() => Assert.ThrowsExactly<ArgumentOutOfRangeException>(
        () => Load(new(new(Width), PaddingConvention.Symmetric, 32, 1, Epsilon)).Forward(2, usesBatchStatistics: false));

    [TestMethod]
    public void Step_OnceWarm_AllocatesNothing()
    {
        TrainingCase run = Create(new(new(Width), PaddingConvention.Symmetric, 32, 2, Epsilon) { PartCount = 1 }, TrainingKernels.Widest);
        TrainableNetwork network = run.Network;
        long least = long.MaxValue;
        for (int i = 0; i < 10; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            network.Forward(2, usesBatchStatistics: true);
            network.Backward();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        // Now and then the pool of threads grows.
        Assert.AreEqual(0, least);
    }

    [TestMethod]
    public void Forward_WithTheStatisticsOfTheBatch_MovesTheRunningOnesTowardsThem()
    {
        MobileNetV2Weights weights = Weights(PaddingConvention.Symmetric);
        TrainableNetwork network = Load(new(new(Width), PaddingConvention.Symmetric, 32, 1, Epsilon));
        float[] image = SyntheticNetwork.Input(32, 1);
        image.CopyTo(network.InputOf(0));

        network.Forward(1, usesBatchStatistics: true);

        ConvLayer stem = weights.Description.Architecture.ConvLayers.First();
        double[] outputs = Convolution(image, 32, weights.Checkpoint.Require($"{stem.Name}.weight").Values);
        double mean = outputs.Average();
        double variance = outputs.Sum(value => (value - mean) * (value - mean)) / (outputs.Length - 1);
        BatchNorm norm = network.State.Blocks[0].Expand.Norm;
        Assert.AreEqual(0.9 * weights.Checkpoint.Require("features.0.1.running_mean").Values[0] + 0.1 * mean, norm.RunningMean[0], 1e-5);
        Assert.AreEqual(0.9 * weights.Checkpoint.Require("features.0.1.running_var").Values[0] + 0.1 * variance, norm.RunningVariance[0], 1e-5);
    }

    [TestMethod]
    public void Save_AfterLoad_GivesTheSameTensors()
    {
        MobileNetV2Weights weights = Weights(PaddingConvention.Symmetric);
        TrainableNetwork network = Load(new(new(Width), PaddingConvention.Symmetric, 32, 1, Epsilon));

        foreach ((string name, MobileNetV2.Weights.WeightTensor tensor) in new ParameterMap(network.State).Save(weights.Checkpoint).Tensors)
        {
            Assert.AreSequenceEqual(weights.Checkpoint.Require(name).Values, tensor.Values, name);
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(15)]
    public void PutBatchNormBack_ChangesNoFeature(int firstBlock)
    {
        const int ImageCount = 5;
        MobileNetV2Weights weights = Folded();
        TrainingShape shape = new(new(Width), PaddingConvention.Symmetric, 64, 2, Epsilon) { FirstBlock = firstBlock };
        TrainableNetwork network = new(shape);
        new ParameterMap(network.State).Load(weights);
        float[] inputs = RunPrefix(weights, shape, SyntheticNetwork.Input(64, ImageCount), ImageCount);
        float[] before = FeaturesOf(network, inputs, ImageCount);

        new BatchNormRecovery(network).Run(InputsOf(network, inputs), CancellationToken.None);

        Assert.IsTrue(network.State.BatchNorms.All(norm => !norm.IsFolded));
        float[] after = FeaturesOf(network, inputs, ImageCount);
        Assert.IsLessThanOrEqualTo(FrozenTolerance, before.Zip(after, (a, b) => Math.Abs(a - b)).Max());
    }

    [TestMethod]
    public void PutBatchNormBack_GivesTheStatisticsOfTheBatch()
    {
        MobileNetV2Weights weights = Folded();
        TrainingShape shape = new(new(Width), PaddingConvention.Symmetric, 64, 4, Epsilon);
        float[] images = SyntheticNetwork.Input(64, 4);
        TrainableNetwork network = new(shape);
        new ParameterMap(network.State).Load(weights);
        new BatchNormRecovery(network).Run(InputsOf(network, images), CancellationToken.None);
        float[] frozen = FeaturesOf(network, images, 4);
        for (int image = 0; image < 4; image++)
        {
            images.AsSpan(image * network.InputLength, network.InputLength).CopyTo(network.InputOf(image));
        }

        network.Forward(4, usesBatchStatistics: true);

        // The statistics of a batch of all images are those that were measured on them.
        float[] trained = [.. Enumerable.Range(0, 4).SelectMany(image => network.FeaturesOf(image).ToArray())];
        Assert.IsLessThanOrEqualTo(TrainedTolerance, frozen.Zip(trained, (a, b) => Math.Abs(a - b)).Max());
    }

    [TestMethod]
    public void Create_StemOfANetworkWhoseFirstBlockHasAShortcut_IsRefused()
    {
        string error = Assert.ThrowsExactly<NotSupportedException>(
            () => new TrainableNetwork(new(new(0.25f), PaddingConvention.Symmetric, 32, 1, Epsilon))).Message;

        Assert.Contains("0.25", error);
    }

    private static MobileNetV2Weights Weights(PaddingConvention padding) => SyntheticNetwork.Create(Width, padding, classCount: 4);

    private static MobileNetV2Weights Folded()
    {
        MobileNetV2Weights weights = Weights(PaddingConvention.Symmetric);
        return new(FoldedNetwork.Fold(weights), weights.Description);
    }

    private static TrainableNetwork Load(TrainingShape shape)
    {
        TrainableNetwork network = new(shape);
        new ParameterMap(network.State).Load(Weights(shape.Padding));
        return network;
    }

    private static TrainingCase Create(TrainingShape shape, TrainingKernels kernels) => new(
        shape,
        Weights(shape.Padding),
        [.. Enumerable.Range(0, shape.BatchSize).Select(image => image % 4)],
        SyntheticNetwork.Input(shape.InputSize, shape.BatchSize),
        kernels);

    /// <summary>Returns the largest difference of each tensor's gradient, of its largest number.</summary>
    private static Dictionary<string, double> Compare(TrainingShape shape, bool usesBatchStatistics, TrainingKernels kernels, int batch = 0)
    {
        MobileNetV2Weights weights = Weights(shape.Padding);
        float[] images = SyntheticNetwork.Input(shape.InputSize, (batch + 1) * shape.BatchSize);
        images = images[(batch * images.Length / (batch + 1))..];
        TrainingCase run = new(
            shape, weights, [.. Enumerable.Range(0, shape.BatchSize).Select(image => image % 4)], RunPrefix(weights, shape, images, shape.BatchSize), kernels);
        run.Step(usesBatchStatistics, smoothing: 0.1);
        Float64Network reference = new(weights, shape.Padding, shape.Epsilon, usesBatchStatistics) { FirstBlock = shape.FirstBlock };
        Float64Network.Map features = reference.Forward(images, shape.BatchSize, shape.InputSize);
        for (int image = 0; image < shape.BatchSize; image++)
        {
            // The gradient behind the features is the same on both sides, so that it adds no difference.
            ReadOnlySpan<float> gradient = run.Network.FeaturesGradientOf(image);
            for (int i = 0; i < gradient.Length; i++)
            {
                features.Gradient[image * gradient.Length + i] = gradient[i];
            }
        }

        reference.Backward();
        Dictionary<string, float[]> gradients = run.Gradients();
        return gradients.Where(pair => reference.Gradients.ContainsKey(pair.Key))
            .ToDictionary(pair => $"{kernels.Lanes} numbers: {pair.Key}", pair => Difference(reference.Gradients[pair.Key], pair.Value));
    }

    private static void AssertWithin(double tolerance, Dictionary<string, double> differences)
    {
        foreach ((string name, double difference) in differences)
        {
            Assert.IsLessThanOrEqualTo(tolerance, difference, name);
        }
    }

    private static double Difference(double[] expected, float[] actual)
    {
        // Behind a projection the next batch norm takes any constant off: the gradient of its β is zero but for rounding.
        const double Zero = 1e-4;
        double difference = expected.Zip(actual, (a, b) => Math.Abs(a - b)).Max();
        return difference / Math.Max(Zero, expected.Max(Math.Abs));
    }

    private static InputCache InputsOf(TrainableNetwork network, float[] values)
    {
        InputCache inputs = new(network.InputLength, long.MaxValue, new(folder: string.Empty));
        foreach (float[] row in values.Chunk(network.InputLength))
        {
            inputs.Add(row);
        }

        return inputs;
    }

    private static float[] FeaturesOf(TrainableNetwork network, float[] inputs, int count)
    {
        List<float> features = [];
        new FeatureRun(network, InputsOf(network, inputs)).ForEach(count, (_, row) => features.AddRange(row), CancellationToken.None);
        return [.. features];
    }

    private static float[] RunPrefix(MobileNetV2Weights weights, TrainingShape shape, float[] images, int count)
    {
        using PrefixNetwork prefix = new(weights, shape, TrainingKernels.Widest);
        using INetworkRun run = ((INetwork)prefix).CreateRun();
        float[] outputs = new float[count * prefix.OutputCount];
        for (int image = 0; image < count; image++)
        {
            images.AsSpan(image * run.Input.Length, run.Input.Length).CopyTo(run.Input);
            run.Compute().CopyTo(outputs.AsSpan(image * prefix.OutputCount));
        }

        return outputs;
    }

    /// <summary>Computes the first channel of the stem, stride 2, padding 1.</summary>
    private static double[] Convolution(float[] image, int size, float[] kernel)
    {
        int half = size / 2;
        double[] outputs = new double[half * half];
        for (int i = 0; i < outputs.Length; i++)
        {
            for (int k = 0; k < 27; k++)
            {
                int row = 2 * (i / half) - 1 + k / 3 % 3, column = 2 * (i % half) - 1 + k % 3;
                bool isInside = row >= 0 && row < size && column >= 0 && column < size;
                outputs[i] += isInside ? image[(k / 9 * size + row) * size + column] * (double)kernel[k] : 0;
            }
        }

        return outputs;
    }
}
