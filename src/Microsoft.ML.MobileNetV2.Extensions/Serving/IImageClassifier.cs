namespace Microsoft.ML.MobileNetV2;

/// <summary>Classifies images with the current model of an application. A model that replaces another one is used from the next call on.</summary>
/// <remarks>
/// Registered by <c>services.AddImageClassifier</c>, and disposed by the container. Safe to use from several threads. A call that is running when the model is
/// replaced finishes with the model that it began with.
/// </remarks>
public interface IImageClassifier
{
    /// <summary>Classifies an image, on the caller's thread and on processors that are idle.</summary>
    /// <param name="image">The image.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged, of no known format, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidOperationException">There is no host that loaded the model at its start, and it cannot be loaded now.</exception>
    /// <exception cref="ObjectDisposedException">The container is disposed.</exception>
    ImagePrediction Predict(ImageSource image, int topK = 5);

    /// <summary>Classifies an image, on a thread of the pool; as many at once as <see cref="ImageClassifierOptions.MaxDegreeOfParallelism"/> allows.</summary>
    /// <param name="image">The image; it must not be changed or disposed before the task ends.</param>
    /// <param name="topK">The number of classes to return, at least 1.</param>
    /// <param name="cancellationToken">Ends the reading of a stream and the waiting for a free thread; an image that is being processed is finished first.</param>
    /// <returns>The classes with the highest scores.</returns>
    /// <exception cref="ImageDecodingException">The image is damaged, of no known format, or has more pixels than allowed.</exception>
    /// <exception cref="IOException">A file is missing or cannot be read.</exception>
    /// <exception cref="InvalidOperationException">There is no host that loaded the model at its start, and it cannot be loaded now.</exception>
    /// <exception cref="ObjectDisposedException">The container is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    Task<ImagePrediction> PredictAsync(ImageSource image, int topK = 5, CancellationToken cancellationToken = default);

    /// <summary>Returns the current model for several calls, for example for a sequence of images or to ask for its classes.</summary>
    /// <returns>The model. The caller disposes it; until then, the model stays in memory.</returns>
    /// <remarks>Calls of its <see cref="ImageClassifierLease.Classifier"/> are not measured.</remarks>
    /// <exception cref="InvalidOperationException">There is no host that loaded the model at its start, and it cannot be loaded now.</exception>
    /// <exception cref="ObjectDisposedException">The container is disposed.</exception>
    ImageClassifierLease Lease();
}
