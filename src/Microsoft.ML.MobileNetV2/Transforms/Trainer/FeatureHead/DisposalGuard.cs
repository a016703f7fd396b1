namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Disposes a resource when it is no longer in use, and refuses later use. Safe to use from several threads.</summary>
/// <param name="resource">The resource; disposed by the guard.</param>
/// <param name="owner">The name of the public type that the user disposes, for messages.</param>
internal sealed class DisposalGuard(IDisposable resource, string owner) : IDisposable
{
    private readonly Lock _lock = new();
    private int _useCount;
    private bool _isDisposed;

    /// <summary>Returns a getter that keeps the resource alive while it runs.</summary>
    internal ValueGetter<TValue> Protect<TValue>(ValueGetter<TValue> getter) => (ref TValue value) =>
    {
        Enter();
        try
        {
            getter(ref value);
        }
        finally
        {
            Exit();
        }
    };

    /// <exception cref="ObjectDisposedException">The resource is disposed.</exception>
    internal void ThrowIfDisposed()
    {
        lock (_lock)
        {
            _ = _isDisposed ? throw new ObjectDisposedException(owner) : _isDisposed;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                _isDisposed = true;
                DisposeIfUnused();
            }
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            _useCount += _isDisposed ? throw new ObjectDisposedException(owner) : 1;
        }
    }

    private void Exit()
    {
        lock (_lock)
        {
            _useCount--;
            DisposeIfUnused();
        }
    }

    private void DisposeIfUnused()
    {
        if (_isDisposed && _useCount == 0)
        {
            resource.Dispose();
        }
    }
}
