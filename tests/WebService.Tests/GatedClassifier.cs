using Microsoft.ML.MobileNetV2;

namespace WebService.Tests;

/// <summary>Is a classifier that begins when the test says so, or when its caller has left.</summary>
internal sealed class GatedClassifier(IImageClassifier inner) : IImageClassifier
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Gets the task that ends when a request has come as far as this.</summary>
    internal Task Entered => _entered.Task;

    internal void Open() => _open.TrySetResult();

    public ImagePrediction Predict(ImageSource image, int topK = 5) => inner.Predict(image, topK);

    public async Task<ImagePrediction> PredictAsync(ImageSource image, int topK = 5, CancellationToken cancellationToken = default)
    {
        _entered.TrySetResult();
        await using CancellationTokenRegistration left = cancellationToken.Register(Open);
        await _open.Task;
        return await inner.PredictAsync(image, topK, cancellationToken);
    }

    public ImageClassifierLease Lease() => inner.Lease();
}
