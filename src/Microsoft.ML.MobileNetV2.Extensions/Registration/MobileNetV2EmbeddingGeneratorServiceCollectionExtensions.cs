using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.ML.MobileNetV2;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Provides the registration of embedding generators for images.</summary>
public static class MobileNetV2EmbeddingGeneratorServiceCollectionExtensions
{
    /// <summary>Registers a <see cref="MobileNetV2EmbeddingGenerator"/> as the application's generator of embeddings of images.</summary>
    /// <param name="services">The services.</param>
    /// <param name="engineOptions">The options of the <see cref="MobileNetV2Engine"/>; ignored where the services have one already.</param>
    /// <param name="options">The options of the generator.</param>
    /// <returns>The services.</returns>
    /// <remarks>The engine is a service of its own, which the container disposes; it is created at its first use.</remarks>
    public static IServiceCollection AddMobileNetV2EmbeddingGenerator(
        this IServiceCollection services, MobileNetV2EngineOptions? engineOptions = null, MobileNetV2EmbeddingGeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(_ => new MobileNetV2Engine(engineOptions));
        services.TryAddSingleton<IEmbeddingGenerator<DataContent, Embedding<float>>>(
            provider => new MobileNetV2EmbeddingGenerator(provider.GetRequiredService<MobileNetV2Engine>(), options));
        services.TryAddSingleton<IEmbeddingGenerator>(provider => provider.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>());
        return services;
    }
}
