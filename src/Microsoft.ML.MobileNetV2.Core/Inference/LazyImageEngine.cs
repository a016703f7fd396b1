namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Creates an engine at its first use. A failed creation is tried again at the next use. Safe to use from several threads.</summary>
/// <param name="settings">The settings of the engine.</param>
/// <param name="owner">The name of the public type that the user disposes, for messages.</param>
internal sealed class LazyImageEngine(EngineSettings settings, string owner) : IDisposable
{
    private readonly Lock _lock = new();
    private ImageEngine? _engine;
    private bool _isDisposed;

    /// <summary>Gets the engine.</summary>
    /// <exception cref="ObjectDisposedException">It is disposed.</exception>
    internal ImageEngine Value
    {
        get
        {
            lock (_lock)
            {
                return _isDisposed ? throw new ObjectDisposedException(owner) : _engine ??= settings.CreateEngine(owner);
            }
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _engine?.Dispose();
        }
    }
}
