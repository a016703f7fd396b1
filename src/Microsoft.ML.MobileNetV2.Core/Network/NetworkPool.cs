using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Network;

/// <summary>Lends the runs of a network to threads, and ends the network when it is disposed and the last run is back.</summary>
/// <remarks>
/// Each rented run counts as a processor that is not idle: with many images at hand, one thread for each uses processors better than several on one image.
/// </remarks>
/// <param name="network">The network; disposed by the pool.</param>
/// <param name="owner">The name of the public type that the user disposes, for messages.</param>
internal sealed class NetworkPool(INetwork network, string owner) : IDisposable
{
    private readonly Lock _lock = new();
    private readonly Stack<INetworkRun> _idle = [];
    private int _rentedCount;
    private bool _isDisposed;

    /// <summary>Lends a run; the caller gives it back with <see cref="Return"/>, whatever happens.</summary>
    /// <exception cref="ObjectDisposedException">The pool is disposed.</exception>
    internal INetworkRun Rent()
    {
        lock (_lock)
        {
            _rentedCount += _isDisposed ? throw new ObjectDisposedException(owner) : 1;
            ThreadBudget.Enter();
            if (_idle.TryPop(out INetworkRun? run))
            {
                return run;
            }
        }

        try
        {
            return network.CreateRun();
        }
        catch
        {
            Return(null);
            throw;
        }
    }

    /// <summary>Takes a run back.</summary>
    /// <param name="run">The run; null where it could not be created.</param>
    internal void Return(INetworkRun? run)
    {
        lock (_lock)
        {
            _rentedCount--;
            ThreadBudget.Leave();
            if (run is not null)
            {
                _idle.Push(run);
            }

            if (_isDisposed)
            {
                DisposeIdle();
            }
        }
    }

    /// <summary>Ends the network; memory in which a thread still computes is freed when that thread is done.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                DisposeIdle();
            }
        }
    }

    private void DisposeIdle()
    {
        while (_idle.TryPop(out INetworkRun? run))
        {
            run.Dispose();
        }

        if (_rentedCount == 0)
        {
            network.Dispose();
        }
    }
}
