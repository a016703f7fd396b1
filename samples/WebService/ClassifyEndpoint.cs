using System.ComponentModel.DataAnnotations;
using Microsoft.ML.MobileNetV2;

namespace WebService;

/// <summary>POST /classify: an image in, its classes out.</summary>
internal static class ClassifyEndpoint
{
    internal const string Policy = "classify";

    private const int MostClasses = 100;

    internal static void MapClassify(this WebApplication app) => app.MapPost("/classify", ClassifyAsync)
        .RequireRateLimiting(Policy)
        .Accepts<IFormFile>("image/jpeg", "image/png", "image/webp", "image/bmp", "image/gif", "application/octet-stream", "multipart/form-data")
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status415UnsupportedMediaType)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Classification> ClassifyAsync(
        HttpRequest request, IImageClassifier classifier, CancellationToken clientLeft, [Range(1, MostClasses)] int topK = 5)
    {
        byte[] upload = await Upload.ReadAsync(request, clientLeft);
        ImagePrediction prediction = await classifier.PredictAsync(ImageSource.FromBytes(upload), topK, clientLeft);
        return new(prediction.Scores, prediction.IsUnknown);
    }
}
