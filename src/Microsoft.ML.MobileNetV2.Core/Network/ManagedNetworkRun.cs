using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the memory in which a <see cref="ManagedNetwork"/> runs on one image at a time, with one thread or several.</summary>
internal sealed class ManagedNetworkRun : INetworkRun
{
    private readonly ManagedNetwork _network;
    private readonly NetworkKernels _kernels;
    private readonly NetworkArena _arena;
    private readonly BlockRun _blocks;
    private readonly float[] _output;
    private NetworkTeam? _team;
    private int _isRunning;
    private volatile bool _isDisposed;

    internal ManagedNetworkRun(ManagedNetwork network, NetworkKernels kernels)
    {
        _network = network;
        _kernels = kernels;
        _arena = new(network.Plan);
        _blocks = new(kernels, network.Plan, _arena, NetworkScratch.ForTiles(network.Plan.Layout));
        _output = new float[network.OutputCount];
    }

    public unsafe Span<float> Input
    {
        get
        {
            ThrowIfDisposed();
            return new(_arena.Input, _network.InputCount);
        }
    }

    /// <summary>Gets the bytes that the run holds beyond the weights.</summary>
    internal long ByteCount => _arena.ByteCount + _blocks.ByteCount + (_team?.ByteCount ?? 0) + (long)_output.Length * sizeof(float);

    public ReadOnlySpan<float> Compute()
    {
        int helpers = ThreadBudget.Borrow(_network.MaxThreads - 1);
        try
        {
            return Compute(1 + helpers);
        }
        finally
        {
            ThreadBudget.Leave(helpers);
        }
    }

    /// <summary>Runs the network with several threads, whether there are idle processors or not. The number of threads does not change the output.</summary>
    internal ReadOnlySpan<float> Compute(int threadCount)
    {
        ThrowIfDisposed();
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new InvalidOperationException("The run is in use by another thread; create a run for each thread.");
        }

        try
        {
            Run(threadCount);
            _network.Finish(_arena, _output);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }

        return _output;
    }

    public void Dispose() => _isDisposed = true;

    private void Run(int threadCount)
    {
        if (threadCount == 1)
        {
            _network.Run(_blocks, _arena);
            return;
        }

        if (_team is null || _team.MaxThreads < threadCount)
        {
            _team = new(_network, _kernels, _arena, _blocks, Math.Max(threadCount, Math.Min(_network.MaxThreads, Environment.ProcessorCount)));
        }

        _team.Run(threadCount);
    }

    private void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _network.ThrowIfDisposed();
    }
}
