namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Represents the memory in which one thread at a time runs a <see cref="ManagedNetwork"/>.</summary>
internal sealed class ManagedNetworkRun : INetworkRun
{
    private readonly ManagedNetwork _network;
    private readonly NetworkArena _arena;
    private readonly BlockRun _blocks;
    private readonly float[] _output;
    private int _isRunning;
    private volatile bool _isDisposed;

    internal ManagedNetworkRun(ManagedNetwork network, NetworkKernels kernels)
    {
        _network = network;
        _arena = new(network.Plan);
        _blocks = new(kernels, network.Plan, _arena);
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
    internal long ByteCount => _arena.ByteCount + (long)_output.Length * sizeof(float);

    public ReadOnlySpan<float> Compute()
    {
        ThrowIfDisposed();
        if (Interlocked.Exchange(ref _isRunning, 1) != 0)
        {
            throw new InvalidOperationException("The run is in use by another thread; create a run for each thread.");
        }

        try
        {
            _network.Run(_blocks, _arena, _output);
        }
        finally
        {
            Volatile.Write(ref _isRunning, 0);
        }

        return _output;
    }

    public void Dispose() => _isDisposed = true;

    private void ThrowIfDisposed()
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        _network.ThrowIfDisposed();
    }
}
