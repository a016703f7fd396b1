using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Tells what is served and what is accepted.</summary>
internal static class ModelEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) => routes.MapGet(ServerPipeline.ModelPath, Describe)
        .WithName("model")
        .WithSummary("Describes the current model, and the limits for images.");

    private static Ok<ModelAnswer> Describe(ServedModel model, ServerSettings settings)
    {
        using ImageClassifierLease lease = model.Lease();
        return TypedResults.Ok(new ModelAnswer(model.IdOf(lease), lease.Classifier.Classes, settings.MaxUploadBytes, settings.MaxPixels));
    }
}
