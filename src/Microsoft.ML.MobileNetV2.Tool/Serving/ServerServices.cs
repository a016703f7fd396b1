using System.Net;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Registers what the server consists of.</summary>
internal static class ServerServices
{
    private static readonly string[] Meters =
    [
        ClassificationMetrics.MeterName,
        "Microsoft.ML.MobileNetV2",
        "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.RateLimiting",
        "Microsoft.AspNetCore.Server.Kestrel",
        "System.Runtime",
    ];

    internal static void Add(IServiceCollection services, ServerSettings settings)
    {
        services.AddSingleton(settings);
        services.AddSingleton<IHostLifetime, CommandLifetime>();
        services.Configure<HostOptions>(options => options.ShutdownTimeout = settings.DrainTime);
        AddModel(services, settings);
        AddWeb(services, settings);
        services.AddOpenTelemetry().WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter(exporter => exporter.ScrapeResponseCacheDurationMilliseconds = 0));
    }

    private static void AddModel(IServiceCollection services, ServerSettings settings)
    {
        services.AddImageClassifier(settings.ModelName, settings.ModelPath, options =>
        {
            options.MaxPixelCount = settings.MaxPixels;
            options.ReloadDelay = settings.ReloadDelay;
        });
        services.AddSingleton<ServedModel>();
        services.AddSingleton<ClassificationMetrics>();
        services.AddHealthChecks().AddImageClassifier(settings.ModelName);
    }

    private static void AddWeb(IServiceCollection services, ServerSettings settings)
    {
        services.AddRoutingCore();
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
            options.SerializerOptions.TypeInfoResolverChain.Insert(0, ServingJson.Default);
        });
        services.AddProblemDetails();
        services.AddExceptionHandler<RequestErrors>();
        services.AddOpenApi();
        services.AddRateLimiter(options => ConcurrencyLimit.Configure(options, settings.MaxConcurrency));
        services.Configure<HostFilteringOptions>(options =>
        {
            options.AllowedHosts = AllowedHosts(settings.Host);
            options.IncludeFailureMessage = false; // It is HTML.
        });
    }

    /// <summary>Returns the names by which pages may ask: without a list, any page in the browser could read the answers by pointing its name here.</summary>
    private static string[] AllowedHosts(IPAddress host) => IPAddress.IsLoopback(host) ? ["localhost", "127.0.0.1", "[::1]", host.ToString()] : ["*"];
}
