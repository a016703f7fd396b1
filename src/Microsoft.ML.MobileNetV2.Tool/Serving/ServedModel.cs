using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Provides the model that is current, which changes when its file does.</summary>
internal sealed class ServedModel(IServiceProvider services, ServerSettings settings)
{
    private readonly IImageClassifier _classifier = services.GetRequiredKeyedService<IImageClassifier>(settings.ModelName);

    /// <summary>Returns the current model; it stays usable until the lease is disposed.</summary>
    internal ImageClassifierLease Lease() => _classifier.Lease();

    /// <summary>Returns what tells this model from those before it, such as <c>model.zip#2</c>.</summary>
    internal string IdOf(ImageClassifierLease lease) => FormattableString.Invariant($"{settings.ModelName}#{lease.Generation}");
}
