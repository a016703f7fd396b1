using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

/// <summary>One image on several threads gives the same numbers, bit for bit, as on one.</summary>
[TestClass]
public sealed class SplitImageTests
{
    private static readonly MobileNetV2Output[] Outputs = [MobileNetV2Output.Features, MobileNetV2Output.FeatureMap, MobileNetV2Output.ClassLogits];

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(1.0f, 224, 64, 64)]
    [DataRow(1.0f, 224, 3, 3)]
    [DataRow(0.35f, 96, 64, 4)]
    [DataRow(0.35f, 96, 2, 2)]
    [DataRow(0.35f, 32, 64, 1)]
    public void MaxThreads_FollowsTheWork(float width, int size, int limit, int expected)
    {
        using ManagedNetwork network = new(new(SyntheticNetwork.Create(width), size, MobileNetV2Output.Features), maxThreads: limit);

        Assert.AreEqual(expected, network.MaxThreads);
    }

    [TestMethod]
    [DataRow(1.0f, 224)]
    [DataRow(0.35f, 97)]
    public void MultiplyAdds_OfThePlan_AreThoseOfTheLayers(float width, int size)
    {
        MobileNetV2Architecture architecture = new(width);

        NetworkPlan plan = NetworkPlan.Create(architecture, PaddingConvention.Same, size, lanes: 16, keepsMap: false);

        Assert.AreEqual(architecture.GetLayers(size).Sum(layer => layer.MultiplyAdds), plan.MultiplyAdds);
    }

    [TestMethod]
    [DataRow(0.05f, 32, DisplayName = "The first block has a shortcut; the last maps have one pixel")]
    [DataRow(0.35f, 33, DisplayName = "Every map has an odd size")]
    [DataRow(0.35f, 96)]
    [DataRow(0.5f, 63)]
    [DataRow(0.75f, 64)]
    [DataRow(1.0f, 97)]
    [DataRow(1.0f, 224)]
    [DataRow(1.3f, 65)]
    [DataRow(1.4f, 128)]
    public void Compute_AnyThreadCount_GivesTheSameBits(float width, int size)
    {
        foreach (PaddingConvention padding in Enum.GetValues<PaddingConvention>())
        {
            foreach (MobileNetV2Output output in Outputs)
            {
                AssertSameBits(new(SyntheticNetwork.Create(width, padding), size, output), NetworkKernels.Widest, 2, 3, 7);
            }
        }
    }

    [TestMethod]
    public void Compute_EveryRegisterWidth_GivesTheSameBits()
    {
        foreach (NetworkKernels kernels in AllKernels.Supported)
        {
            AssertSameBits(new(SyntheticNetwork.Create(0.35f), 49, MobileNetV2Output.Features), kernels, 2, 3);
        }
    }

    [TestMethod]
    public void Compute_TrainedWeights_GivesTheSameBits() => AssertSameBits(
        new(MobileNetV2Weights.Bundled, 224, MobileNetV2Output.ClassLogits),
        NetworkKernels.Widest,
        2,
        3);

    [TestMethod]
    public void Divide_OfTheUsualNetwork_TakesRowsOfLargeMapsAndChannelsOfSmallOnes()
    {
        NetworkPlan plan = NetworkPlan.Create(new(), PaddingConvention.Same, 224, 16, keepsMap: false);

        NetworkPhase[] phases = NetworkPhase.Divide(plan, 2);

        Assert.AreEqual(NetworkPhaseKind.Rows, phases[0].Kind);
        Assert.AreEqual((NetworkPhaseKind.Project, 16), (phases[^2].Kind, phases[^2].Index));
        Assert.AreEqual(NetworkPhaseKind.Last, phases[^1].Kind);
    }

    [TestMethod]
    [DoNotParallelize] // Helpers go when other images need the processors.
    public async Task Compute_WithAHelper_RunsPartsOnBothThreads()
    {
        using MeetingKernels kernels = new(TestContext.CancellationToken);
        using ManagedNetwork network = Create(kernels);
        using ManagedNetworkRun run = network.CreateRun();
        kernels.Meet();

        await Task.Run(() => run.Compute(2).ToArray(), TestContext.CancellationToken);

        Assert.AreEqual(2, kernels.ThreadCount);
    }

    [TestMethod]
    public void Compute_PartThrows_ThrowsOnTheCallersThreadAndRunsAgain()
    {
        FailingKernels kernels = new();
        using ManagedNetwork network = Create(kernels);
        using ManagedNetworkRun run = network.CreateRun();
        float[] expected = run.Compute(1).ToArray();
        for (int call = 0; call < 60; call += 3)
        {
            kernels.FailAfter(call);

            Assert.ThrowsExactly<NotFiniteNumberException>(() => run.Compute(2));

            Assert.AreSequenceEqual(expected, run.Compute(2).ToArray());
        }
    }

    [TestMethod]
    public void Compute_ManyRunsAtOnce_GiveTheSameBits()
    {
        using ManagedNetwork network = Create(NetworkKernels.Widest);
        float[] input = SyntheticNetwork.Input(64, 4);
        int length = input.Length / 4;
        float[][] expected = [.. Enumerable.Range(0, 4).Select(image => Compute(network, input.AsSpan(image * length, length), 1))];

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
            Assert.AreSequenceEqual(expected[i % 4], Compute(network, input.AsSpan(i % 4 * length, length), 1 + i % 3)));
    }

    [TestMethod]
    public void Compute_OneRunManyTimesWithChangingThreads_GivesTheSameBits()
    {
        using ManagedNetwork network = Create(NetworkKernels.Widest);
        using ManagedNetworkRun run = network.CreateRun();
        SyntheticNetwork.Input(64, 1).CopyTo(run.Input);
        float[] expected = run.Compute(1).ToArray();

        for (int i = 0; i < 2000; i++)
        {
            Assert.IsTrue(run.Compute(1 + i % 5).SequenceEqual(expected), $"run {i}");
        }
    }

    [TestMethod]
    public void Compute_AfterTheFirstImage_AllocatesNothing()
    {
        using ManagedNetwork network = Create(NetworkKernels.Widest);
        using ManagedNetworkRun run = network.CreateRun();
        run.Compute(2);

        Assert.AreEqual(0, AllocationMeter.LeastAllocatedBytes(() => run.Compute(2)));
    }

    [TestMethod]
    public void ByteCount_GrowsByTheMemoryOfOneThreadAndByWideMaps()
    {
        using ManagedNetwork network = new(new(SyntheticNetwork.Create(1), 224, MobileNetV2Output.Features));
        using ManagedNetworkRun run = network.CreateRun();
        run.Compute(1);
        long alone = run.ByteCount;

        run.Compute(2);
        long two = run.ByteCount;
        run.Compute(3);

        Assert.IsGreaterThanOrEqualTo(alone + sizeof(float) * (long)network.Plan.Layout.ScratchCount, two);
        Assert.IsGreaterThanOrEqualTo(two + sizeof(float) * (long)network.Plan.Layout.ScratchCount, run.ByteCount);
        Assert.IsLessThan(4_000_000, two);
    }

    private static ManagedNetwork Create(NetworkKernels kernels) => new(new(SyntheticNetwork.Create(0.35f), 64, MobileNetV2Output.Features), kernels);

    private static float[] Compute(ManagedNetwork network, ReadOnlySpan<float> input, int threadCount)
    {
        using ManagedNetworkRun run = network.CreateRun();
        input.CopyTo(run.Input);
        return run.Compute(threadCount).ToArray();
    }

    private static void AssertSameBits(NetworkSpecification specification, NetworkKernels kernels, params int[] threadCounts)
    {
        using ManagedNetwork network = new(specification, kernels);
        float[] input = SyntheticNetwork.Input(specification.InputSize, 1);
        float[] expected = Compute(network, input, 1);
        foreach (int threadCount in threadCounts)
        {
            Assert.AreSequenceEqual(expected, Compute(network, input, threadCount), $"{specification.Output}, {threadCount} threads");
        }
    }

    /// <summary>Computes by other kernels, and counts the calls.</summary>
    private abstract class WatchedKernels : NetworkKernels
    {
        internal override int Lanes => Widest.Lanes;

        internal override int RegisterCount => Widest.RegisterCount;

        internal override void Pointwise(in PointwiseCall call)
        {
            Watch();
            Widest.Pointwise(call);
        }

        internal override unsafe void Depthwise(int stride, DepthwiseRowArguments* row) => Widest.Depthwise(stride, row);

        protected abstract void Watch();
    }

    /// <summary>Throws once, after some calls.</summary>
    private sealed class FailingKernels : WatchedKernels
    {
        private int _callsLeft = int.MaxValue;

        internal void FailAfter(int calls) => _callsLeft = calls;

        protected override void Watch()
        {
            if (Interlocked.Decrement(ref _callsLeft) == -1)
            {
                _callsLeft = int.MaxValue;
                throw new NotFiniteNumberException();
            }
        }
    }

    /// <summary>Holds the first thread until another one comes.</summary>
    private sealed class MeetingKernels(CancellationToken end) : WatchedKernels, IDisposable
    {
        private readonly HashSet<int> _threads = [];
        private ManualResetEventSlim? _met;

        internal int ThreadCount => _threads.Count;

        public void Dispose() => _met?.Dispose();

        internal void Meet() => _met = new();

        protected override void Watch()
        {
            lock (_threads)
            {
                if (_threads.Add(Environment.CurrentManagedThreadId) && _threads.Count == 2)
                {
                    _met!.Set();
                }
            }

            _met!.Wait(end);
        }
    }
}
