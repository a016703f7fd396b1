using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides the registration of health checks of image classifiers.</summary>
public static class ImageClassifierHealthChecksBuilderExtensions
{
    private const string CheckName = "image_classifier";

    /// <summary>
    /// Adds a check of a classifier that <c>AddImageClassifier</c> registers: unhealthy without a model, degraded while a changed file cannot be loaded and the
    /// model from before is in use.
    /// </summary>
    /// <param name="builder">The builder.</param>
    /// <param name="classifierName">The name of the classifier; the default is the one without a name.</param>
    /// <param name="failureStatus">The status without a model; null for <see cref="HealthStatus.Unhealthy"/>.</param>
    /// <param name="tags">The tags of the check, by which endpoints choose.</param>
    /// <returns>The builder.</returns>
    /// <remarks>The check is called <c>image_classifier</c>, or <c>image_classifier:NAME</c>. Its data are the generation of the model and when it was loaded.</remarks>
    public static IHealthChecksBuilder AddImageClassifier(
        this IHealthChecksBuilder builder, string classifierName = "", HealthStatus? failureStatus = null, IEnumerable<string>? tags = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(classifierName);
        return builder.Add(new HealthCheckRegistration(
            classifierName.Length == 0 ? CheckName : $"{CheckName}:{classifierName}",
            services => new ClassifierHealthCheck(services.GetKeyedService<ServedClassifier>(classifierName) ?? throw new InvalidOperationException(
                $"{new ClassifierName(classifierName, Section: null)} is to be checked, but is not registered. Call AddImageClassifier of the services with this name.")),
            failureStatus,
            tags));
    }
}
