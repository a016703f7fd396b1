using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents the state of the server.</summary>
/// <param name="Status">Healthy; Degraded while the file has changed and cannot be loaded; Unhealthy without a model.</param>
/// <param name="Detail">The state in words.</param>
/// <param name="Generation">How many models have been loaded.</param>
/// <param name="LoadedAt">When the current one was.</param>
internal sealed record HealthAnswer(
    [property: JsonConverter(typeof(JsonStringEnumConverter<HealthStatus>))] HealthStatus Status, string? Detail, int? Generation, DateTimeOffset? LoadedAt)
{
    private const string GenerationKey = "generation";
    private const string LoadedAtKey = "loaded_at";

    internal static HealthAnswer Of(HealthReport report)
    {
        HealthReportEntry model = report.Entries.Values.Single();
        return new(
            report.Status,
            model.Description,
            model.Data.GetValueOrDefault(GenerationKey) as int?,
            model.Data.GetValueOrDefault(LoadedAtKey) as DateTimeOffset?);
    }
}
