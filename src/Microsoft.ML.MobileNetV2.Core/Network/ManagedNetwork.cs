namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents a network that this library's own kernels execute.</summary>
internal sealed class ManagedNetwork : INetwork
{
    private readonly NetworkSpecification _specification;
    private readonly NetworkKernels _kernels;
    private readonly NetworkPlan _plan;
    private readonly PackedNetwork _packed;
    private readonly OutputStage _output;
    private volatile bool _isDisposed;

    /// <summary>Packs the weights.</summary>
    /// <param name="specification">The network.</param>
    /// <param name="kernels">The kernels; null for those of the widest registers.</param>
    /// <exception cref="WeightsFormatException">Weights are missing, of another shape, or not finite.</exception>
    internal ManagedNetwork(NetworkSpecification specification, NetworkKernels? kernels = null)
    {
        _specification = specification;
        _kernels = kernels ?? NetworkKernels.Widest;
        WeightsDescription description = specification.Weights.Description;
        _plan = NetworkPlan.Create(
            description.Architecture, description.Padding, specification.InputSize, _kernels.Lanes, specification.Output == MobileNetV2Output.FeatureMap);
        _packed = new(specification.Weights, _plan, _kernels);
        _output = new(specification, _plan, _kernels.Lanes);
    }

    /// <summary>Gets how the network runs.</summary>
    internal NetworkPlan Plan => _plan;

    /// <summary>Gets the output's length.</summary>
    internal int OutputCount => _specification.OutputCount;

    internal int InputCount => _specification.InputCount;

    INetworkRun INetwork.CreateRun() => CreateRun();

    internal ManagedNetworkRun CreateRun()
    {
        ThrowIfDisposed();
        return new(this, _kernels);
    }

    public void Dispose() => _isDisposed = true;

    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_isDisposed, this);

    /// <summary>Runs the network in the memory of a run.</summary>
    internal unsafe void Run(BlockRun blocks, NetworkArena arena, Span<float> output)
    {
        float* source = arena.Input;
        int stride = ArenaLayout.PatchLength(_plan.Blocks[0].Produce);
        int map = 0;
        for (int i = 0; i < _plan.Blocks.Length; i++)
        {
            BlockPlan block = _plan.Blocks[i];
            map = block.OutputMap(map);
            blocks.Run(block, _packed.Blocks[i], source, stride, arena.Map(map));
            source = arena.Map(map);
            stride = _plan.Layout.Padded(block.Project.OutputChannels);
        }

        _output.Run(_kernels, _packed.Last, source, stride, arena.LastMap, output);
        GC.KeepAlive(this);
    }
}
