using Microsoft.AspNetCore.Builder;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Maps requests to what answers them.</summary>
internal static class ServerPipeline
{
    internal const string ClassifyPath = "/v1/classify";
    internal const string ModelPath = "/v1/model";
    internal const string HealthPath = "/healthz";
    internal const string MetricsPath = "/metrics";
    internal const string DescriptionPath = "/openapi/v1.json";

    internal static void Map(WebApplication application)
    {
        application.Use(SecurityHeaders.AddAsync);
        application.UseExceptionHandler();
        application.UseStatusCodePages(StatusDetails.WriteAsync);
        application.UseHostFiltering();
        application.UseRateLimiter();

        PageAssets.Map(application);
        ClassifyEndpoint.Map(application);
        ModelEndpoint.Map(application);
        HealthEndpoint.Map(application);
        application.MapPrometheusScrapingEndpoint(MetricsPath);
        application.MapOpenApi(DescriptionPath);
    }
}
