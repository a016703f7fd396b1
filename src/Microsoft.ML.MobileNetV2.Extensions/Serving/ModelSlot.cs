namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Holds the model that is served, and replaces it while others use it.</summary>
internal sealed class ModelSlot : IDisposable
{
    private readonly Lock _lock = new();
    private ServedModel? _current;
    private bool _isDisposed;

    /// <summary>Gets the model; null before the first one.</summary>
    internal ServedModel? Current => Volatile.Read(ref _current);

    /// <summary>Begins a use of the model; null before the first one.</summary>
    /// <exception cref="ObjectDisposedException">The slot is disposed.</exception>
    internal ServedModel? Use()
    {
        while (Current is { } model)
        {
            if (model.TryUse())
            {
                return model;
            }

            // It was replaced in between, or this is the end.
            ThrowIfDisposed();
        }

        ThrowIfDisposed();
        return null;
    }

    /// <summary>Serves another model. The one before is disposed after its last use.</summary>
    /// <param name="classifier">The classifier; the slot disposes it.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="ObjectDisposedException">The slot is disposed; so is the classifier then.</exception>
    internal ServedModel Replace(ImageClassifier classifier, DateTimeOffset now)
    {
        lock (_lock)
        {
            if (_isDisposed)
            {
                classifier.Dispose();
                ThrowIfDisposed();
            }

            ServedModel? before = _current;
            ServedModel model = new(classifier, (before?.Generation ?? 0) + 1, now);
            Volatile.Write(ref _current, model);
            before?.EndUse();
            return model;
        }
    }

    public void Dispose()
    {
        lock (_lock)
        {
            if (!_isDisposed)
            {
                Volatile.Write(ref _isDisposed, true);
                _current?.EndUse();
            }
        }
    }

    private void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(Volatile.Read(ref _isDisposed), typeof(IImageClassifier));
}
