namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a network that this library's own kernels execute.</summary>
internal sealed class ManagedNetwork : INetwork
{
    /// <summary>With less work, a thread waits for the others longer than it helps: of width 0.35 at 96 pixels, four threads are the fastest.</summary>
    private const long MultiplyAddsWorthAThread = 2_500_000;

    private readonly NetworkSpecification _specification;
    private readonly NetworkKernels _kernels;
    private readonly NetworkPlan _plan;
    private readonly PackedNetwork _packed;
    private readonly OutputStage _output;
    private volatile bool _isDisposed;

    /// <summary>Packs the weights.</summary>
    /// <param name="specification">The network.</param>
    /// <param name="kernels">The kernels; null for those of the widest registers.</param>
    /// <param name="maxThreads">The most threads that work on one image while processors are idle.</param>
    /// <exception cref="WeightsFormatException">Weights are missing, of another shape, or not finite.</exception>
    internal ManagedNetwork(NetworkSpecification specification, NetworkKernels? kernels = null, int maxThreads = 1)
    {
        _specification = specification;
        bool keepsMap = specification.Output == MobileNetV2Output.FeatureMap;
        kernels ??= NetworkKernels.Widest;

        // No pool behind a feature map levels out what rounding twice changes.
        _kernels = keepsMap ? kernels.Fused : kernels;
        WeightsDescription description = specification.Weights.Description;
        _plan = NetworkPlan.Create(
            description.Architecture, description.Padding, specification.InputSize, _kernels.Lanes, keepsMap);
        MaxThreads = (int)Math.Clamp(_plan.MultiplyAdds / MultiplyAddsWorthAThread, 1, maxThreads);
        _packed = new(specification.Weights, _plan, _kernels);
        _output = new(specification, _plan, _kernels.Lanes);
    }

    /// <summary>Gets how the network runs.</summary>
    internal NetworkPlan Plan => _plan;

    /// <summary>Gets the output's length.</summary>
    internal int OutputCount => _specification.OutputCount;

    /// <summary>Gets the most threads that work on one image.</summary>
    internal int MaxThreads { get; }

    internal int InputCount => _specification.InputCount;

    INetworkRun INetwork.CreateRun() => CreateRun();

    internal ManagedNetworkRun CreateRun()
    {
        ThrowIfDisposed();
        return new(this, _kernels);
    }

    public void Dispose() => _isDisposed = true;

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <summary>Runs the network on the caller's thread, but for its output.</summary>
    internal void Run(BlockRun blocks, NetworkArena arena)
    {
        for (int i = 0; i < _plan.Blocks.Length; i++)
        {
            blocks.Run(_plan.Blocks[i], _packed.Blocks[i], MapsOf(i, arena));
        }

        _output.Convolve(_kernels, _packed.Last, MapsOf(_plan.Blocks.Length, arena));
    }

    /// <summary>Runs a part of a phase. The parts of a phase do not depend on each other; each phase needs all of the one before.</summary>
    /// <param name="phase">The phase.</param>
    /// <param name="part">The part.</param>
    /// <param name="arena">The memory that the parts share.</param>
    /// <param name="own">Runs blocks in memory that no other part has.</param>
    /// <param name="together">Runs blocks in memory that all parts have; null where no phase does.</param>
    internal void Run(NetworkPhase phase, WorkPart part, NetworkArena arena, BlockRun own, BlockRun? together)
    {
        BlockMaps maps = MapsOf(phase.Index, arena);
        switch (phase.Kind)
        {
            case NetworkPhaseKind.Rows:
                own.Run(phase.Block!, _packed.Blocks[phase.Index], maps, part);
                break;
            case NetworkPhaseKind.Widen:
                together!.Widen(phase.Block!, _packed.Blocks[phase.Index], maps, part);
                break;
            case NetworkPhaseKind.Project:
                together!.Project(phase.Block!, _packed.Blocks[phase.Index], maps, part);
                break;
            default:
                _output.Convolve(_kernels, _packed.Last, maps, part);
                break;
        }
    }

    /// <summary>Computes the output when everything else has run.</summary>
    internal unsafe void Finish(NetworkArena arena, Span<float> output)
    {
        _output.Finish(arena.LastMap, output);
        GC.KeepAlive(arena);
    }

    /// <summary>Returns what a block reads and writes; after the blocks comes the last convolution.</summary>
    private unsafe BlockMaps MapsOf(int block, NetworkArena arena)
    {
        float* output = block < _plan.Blocks.Length ? arena.Map(NetworkPlan.OutputMap(block)) : arena.LastMap;
        return block == 0
            ? new(arena.Input, ArenaLayout.PatchLength(_plan.Blocks[0].Produce), output)
            : new(arena.Map(NetworkPlan.OutputMap(block - 1)), _plan.Layout.Padded(_plan.Blocks[block - 1].Project.OutputChannels), output);
    }
}
