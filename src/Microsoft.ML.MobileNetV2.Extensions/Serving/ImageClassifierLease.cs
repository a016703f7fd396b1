using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the use of one model for several calls. While it is not disposed, the model stays in memory, even if another one has replaced it.</summary>
/// <remarks>Safe to use from several threads.</remarks>
public sealed class ImageClassifierLease : IDisposable
{
    private ServedModel? _model;

    internal ImageClassifierLease(ServedModel model) => _model = model;

    /// <summary>Gets the classifier. The lease's owner does not dispose it.</summary>
    /// <exception cref="ObjectDisposedException">The lease is disposed.</exception>
    public ImageClassifier Classifier => Model.Classifier;

    /// <summary>Gets the generation of the model: 1 for the first one that was loaded, one more with each that replaced it.</summary>
    /// <exception cref="ObjectDisposedException">The lease is disposed.</exception>
    public int Generation => Model.Generation;

    private ServedModel Model => Volatile.Read(ref _model) ?? throw new ObjectDisposedException(nameof(ImageClassifierLease));

    /// <summary>Ends the use.</summary>
    public void Dispose() => Interlocked.Exchange(ref _model, null)?.EndUse();
}
