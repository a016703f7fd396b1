using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Classifies an uploaded image.</summary>
internal static class ClassifyEndpoint
{
    private const int DefaultTop = 5;

    internal static void Map(IEndpointRouteBuilder routes) => routes.MapPost(ServerPipeline.ClassifyPath, ClassifyAsync)
        .RequireRateLimiting(ConcurrencyLimit.Policy)
        .WithName("classify")
        .WithSummary("Classifies an image.")
        .WithDescription("'top' is the number of classes, 'explain' asks for the activation map of the best one, and 'label' for that of another one.")
        .AddOpenApiOperationTransformer((operation, _, _) =>
        {
            UploadDescription.Add(operation);
            return Task.CompletedTask;
        })
        .ProducesProblem(StatusCodes.Status400BadRequest)
        .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
        .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
        .ProducesProblem(StatusCodes.Status429TooManyRequests);

    private static async Task<Ok<ClassificationAnswer>> ClassifyAsync(
        HttpContext context, ServedModel model, ClassificationMetrics metrics, int top = DefaultTop, bool explain = false, string? label = null)
    {
        if (top < 1)
        {
            throw new BadHttpRequestException(FormattableString.Invariant($"top is {top}; expected at least 1."));
        }

        ReadOnlyMemory<byte> image = await UploadedImage.ReadAsync(context.Request, context.RequestAborted);
        long start = Stopwatch.GetTimestamp();

        // One model for the whole answer, whatever happens to the file meanwhile.
        using ImageClassifierLease lease = model.Lease();
        RequireClass(lease.Classifier, label);
        ImagePrediction prediction = await lease.Classifier.PredictAsync(ImageSource.FromBytes(image), top, context.RequestAborted);
        ExplanationAnswer? explanation = explain || label is not null
            ? await ExplanationAnswer.CreateAsync(lease.Classifier, image, label ?? prediction.Best.Label, context.RequestAborted)
            : null;
        TimeSpan duration = Stopwatch.GetElapsedTime(start);
        metrics.Record(duration);
        return TypedResults.Ok(ClassificationAnswer.Of(prediction, model.IdOf(lease), explanation, duration));
    }

    private static void RequireClass(ImageClassifier classifier, string? label)
    {
        if (label is not null && !classifier.Classes.Contains(label))
        {
            throw new BadHttpRequestException($"The model has no class '{label}'; '{ServerPipeline.ModelPath}' lists its classes.");
        }
    }
}
