using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Network;

[TestClass]
public sealed class ManagedNetworkRunTests
{
    private const long Megabyte = 1_000_000;

    [TestMethod]
    public void Compute_AfterTheNetworkIsDisposed_Throws()
    {
        using ManagedNetwork network = CreateNetwork(AllKernels.Scalar);
        using ManagedNetworkRun run = network.CreateRun();
        network.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => run.Compute());
        Assert.ThrowsExactly<ObjectDisposedException>(() => run.Input.Clear());
        Assert.ThrowsExactly<ObjectDisposedException>(network.CreateRun);
    }

    [TestMethod]
    public void Compute_AfterTheRunIsDisposed_Throws()
    {
        using ManagedNetwork network = CreateNetwork(AllKernels.Scalar);
        using ManagedNetworkRun run = network.CreateRun();
        run.Dispose();

        Assert.ThrowsExactly<ObjectDisposedException>(() => run.Compute());
    }

    [TestMethod]
    public void Compute_WhileTheRunIsInUse_ThrowsAndLeavesItUsable()
    {
        InterruptedKernels kernels = new();
        using ManagedNetwork network = CreateNetwork(kernels);
        using ManagedNetworkRun run = network.CreateRun();
        float[] undisturbed = run.Compute().ToArray();
        kernels.Interrupt = () => Assert.ThrowsExactly<InvalidOperationException>(() => run.Compute());

        float[] disturbed = run.Compute().ToArray();

        Assert.AreSequenceEqual(undisturbed, disturbed);
        Assert.IsNull(kernels.Interrupt);
    }

    [TestMethod]
    [DataRow(MobileNetV2Output.Features)]
    [DataRow(MobileNetV2Output.FeatureMap)]
    [DataRow(MobileNetV2Output.ClassLogits)]
    [DataRow(MobileNetV2Output.ClassScores)]
    public void Compute_AfterTheFirstImage_AllocatesNothing(MobileNetV2Output output)
    {
        using ManagedNetwork network = new(new(SyntheticNetwork.Create(0.35f), 32, output));
        using ManagedNetworkRun run = network.CreateRun();
        run.Compute();

        Assert.AreEqual(0, AllocationMeter.LeastAllocatedBytes(() => run.Compute()));
    }

    [TestMethod]
    public void ByteCount_AtTheUsualSize_IsBelowFourMegabytes()
    {
        using ManagedNetwork network = new(new(SyntheticNetwork.Create(1), 224, MobileNetV2Output.Features));
        using ManagedNetworkRun run = network.CreateRun();

        Assert.IsLessThanOrEqualTo(4 * Megabyte, run.ByteCount);
    }

    [TestMethod]
    public void CreateRun_Twice_GivesIndependentRuns()
    {
        using ManagedNetwork network = CreateNetwork(NetworkKernels.Widest);
        using ManagedNetworkRun first = network.CreateRun();
        using ManagedNetworkRun second = network.CreateRun();
        SyntheticNetwork.Input(32, 1).CopyTo(first.Input);
        float[] alone = first.Compute().ToArray();

        second.Compute();

        Assert.AreSequenceEqual(alone, first.Compute().ToArray());
    }

    private static ManagedNetwork CreateNetwork(NetworkKernels kernels) => new(new(SyntheticNetwork.Create(0.1f), 32, MobileNetV2Output.Features), kernels);

    /// <summary>Does something once, in the middle of a run.</summary>
    private sealed class InterruptedKernels : NetworkKernels
    {
        internal Action? Interrupt { get; set; }

        internal override int Lanes => AllKernels.Scalar.Lanes;

        internal override int RegisterCount => AllKernels.Scalar.RegisterCount;

        internal override void Pointwise(in PointwiseCall call)
        {
            Action? interrupt = Interrupt;
            Interrupt = null;
            interrupt?.Invoke();
            AllKernels.Scalar.Pointwise(call);
        }

        internal override unsafe void Depthwise(int stride, DepthwiseRowArguments* row) => AllKernels.Scalar.Depthwise(stride, row);
    }
}
