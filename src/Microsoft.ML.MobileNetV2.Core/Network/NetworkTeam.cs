using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Runs a network on one image with several threads.</summary>
/// <param name="network">The network.</param>
/// <param name="kernels">The kernels.</param>
/// <param name="arena">The memory that the threads share.</param>
/// <param name="first">Runs blocks on the caller's thread.</param>
/// <param name="maxThreads">The most threads.</param>
internal sealed class NetworkTeam(ManagedNetwork network, NetworkKernels kernels, NetworkArena arena, BlockRun first, int maxThreads) : PhaseTeam(maxThreads)
{
    private readonly BlockRun?[] _own = [first, .. new BlockRun?[maxThreads - 1]];
    private readonly NetworkPhase[]?[] _phases = new NetworkPhase[]?[maxThreads + 1];
    private readonly HashSet<BlockPlan> _wide = [];
    private NetworkPhase[] _current = [];
    private BlockRun? _together;

    /// <summary>Gets the bytes of the memory that the caller's thread alone would not need.</summary>
    internal long ByteCount => _own.Skip(1).Append(_together).Sum(blocks => blocks?.ByteCount ?? 0);

    /// <summary>Runs the network.</summary>
    /// <param name="threadCount">The number of threads, the caller's among them.</param>
    internal void Run(int threadCount)
    {
        _current = _phases[threadCount] ??= Prepare(threadCount);
        RunPhases(_current.Length, threadCount);
    }

    protected override void RunPart(int phase, int part, int partCount, int slot) =>
        network.Run(_current[phase], new(part, partCount), arena, _own[slot]!, _together);

    private NetworkPhase[] Prepare(int threadCount)
    {
        NetworkPhase[] phases = NetworkPhase.Divide(network.Plan, threadCount);
        for (int slot = 1; slot < threadCount; slot++)
        {
            _own[slot] ??= new(kernels, network.Plan, arena, NetworkScratch.ForTiles(network.Plan.Layout));
        }

        // The memory must do for every number of threads that there has been.
        int before = _wide.Count;
        _wide.UnionWith(phases.Where(phase => phase.Kind == NetworkPhaseKind.Widen).Select(phase => phase.Block!));
        if (_wide.Count > before)
        {
            _together = new(kernels, network.Plan, arena, NetworkScratch.ForMaps(network.Plan.Layout, _wide));
        }

        return phases;
    }
}
