using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Tells whether the server works, and whether the model in use is the one in the file.</summary>
internal static class HealthEndpoint
{
    internal static void Map(IEndpointRouteBuilder routes) =>
        routes.MapHealthChecks(ServerPipeline.HealthPath, new HealthCheckOptions { ResponseWriter = WriteAsync });

    private static Task WriteAsync(HttpContext context, HealthReport report) =>
        context.Response.WriteAsJsonAsync(HealthAnswer.Of(report), ServingJson.Default.HealthAnswer, contentType: null, context.RequestAborted);
}
