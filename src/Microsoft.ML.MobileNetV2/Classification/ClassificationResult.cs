namespace Microsoft.ML.MobileNetV2;

/// <summary>Is what a classifier made of one image of a sequence.</summary>
public sealed class ClassificationResult
{
    private readonly ImagePrediction? _prediction;

    internal ClassificationResult(ImageResult result, Func<ReadOnlyMemory<float>, ImagePrediction> classify)
    {
        Index = result.Index;
        Error = result.Error;
        _prediction = Error is null ? classify(result.Values) : null;
    }

    /// <summary>Gets the position of the image in its sequence, from 0.</summary>
    public long Index { get; }

    /// <summary>Gets what went wrong; the message names the image.</summary>
    /// <value>Null where the image was classified.</value>
    public Exception? Error { get; }

    /// <summary>Gets what the image shows.</summary>
    /// <exception cref="InvalidOperationException">The image could not be classified; <see cref="Error"/> says why.</exception>
    public ImagePrediction Prediction => _prediction
        ?? throw new InvalidOperationException($"Image {Index} has no prediction: {Error?.Message}", Error);
}
