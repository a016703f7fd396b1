using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Reports whether a classifier has a model, and whether that is the one in its file.</summary>
internal sealed class ClassifierHealthCheck(ServedClassifier classifier) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) => Task.FromResult(Check(context));

    private HealthCheckResult Check(HealthCheckContext context)
    {
        if (classifier.Current is not { } model)
        {
            return new(context.Registration.FailureStatus, $"No model is loaded yet from {classifier.Source}.");
        }

        Dictionary<string, object> data = new() { ["generation"] = model.Generation, ["loaded_at"] = model.LoadedAt };
        return classifier.ReloadError is { } error
            ? HealthCheckResult.Degraded($"{classifier.Source} has changed and cannot be loaded; the model from before stays in use: {error.Message}", error, data)
            : HealthCheckResult.Healthy($"Serves {classifier.Source}.", data);
    }
}
