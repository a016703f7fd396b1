using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.ML.MobileNetV2.Embeddings;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Generates embeddings of images with MobileNetV2, in this process, for vector stores and everything else that takes an embedding generator.</summary>
/// <remarks>Safe to use from several threads; embeddings do not depend on how many images a call has.</remarks>
public sealed class MobileNetV2EmbeddingGenerator : IEmbeddingGenerator<DataContent, Embedding<float>>
{
    private const string ProviderName = "mobilenetv2";

    private readonly MobileNetV2Engine _engine;
    private readonly EmbeddingGeneratorMetadata _metadata;
    private readonly bool _normalizes;

    /// <summary>Initializes a new instance of the <see cref="MobileNetV2EmbeddingGenerator"/> class.</summary>
    /// <param name="engine">The engine, whose output is the embedding. Not disposed.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <exception cref="ArgumentException">The name of the model is empty.</exception>
    public MobileNetV2EmbeddingGenerator(MobileNetV2Engine engine, MobileNetV2EmbeddingGeneratorOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(engine);
        options ??= new();
        if (options.ModelId?.Length == 0)
        {
            throw new ArgumentException("ModelId is ''; expected a name, or null.", nameof(options));
        }

        _engine = engine;
        _normalizes = options.Normalize;
        string modelId = options.ModelId ??
            FormattableString.Invariant($"{ProviderName}/{engine.Weights.Description.Name}/{engine.Preprocessing.InputSize}");
        _metadata = new(ProviderName, providerUri: null, modelId, engine.OutputCount);
    }

    /// <summary>Generates an embedding for each image, of several at once.</summary>
    /// <param name="values">The images: JPEG, PNG, WebP, BMP or GIF, whatever their media type says. Read as far ahead as the engine's threads can work.</param>
    /// <param name="options">Options of the call; null for none. A model or a number of dimensions other than in the metadata is refused.</param>
    /// <param name="cancellationToken">Ends the call at the next image.</param>
    /// <returns>The embeddings, in the order of the images.</returns>
    /// <exception cref="ArgumentException">
    /// A value is null or of a media type that is not an image's; the message has its index. Or the options ask for what the model does not have.
    /// </exception>
    /// <exception cref="ImageDecodingException">An image is damaged, of no known format or too large; the message has its index.</exception>
    /// <exception cref="ObjectDisposedException">The engine is disposed.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public async Task<GeneratedEmbeddings<Embedding<float>>> GenerateAsync(
        IEnumerable<DataContent> values, EmbeddingGenerationOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(values);
        Validate(options);
        cancellationToken.ThrowIfCancellationRequested();
        GeneratedEmbeddings<Embedding<float>> embeddings = [];
        IAsyncEnumerable<ImageSource> images = ImageValues.Read(values).ToAsyncEnumerable();
        await foreach (BatchResult<float[]> result in _engine.RunAsync(images, cancellationToken).ConfigureAwait(false))
        {
            embeddings.Add(CreateEmbedding(result));
        }

        return embeddings;
    }

    /// <summary>Returns a service of the generator: itself, its <see cref="EmbeddingGeneratorMetadata"/>, or its <see cref="MobileNetV2Engine"/>.</summary>
    /// <param name="serviceType">The type of the service.</param>
    /// <param name="serviceKey">The key of the service; with any, there is none.</param>
    /// <returns>The service; null where there is none.</returns>
    public object? GetService(Type serviceType, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(serviceType);
        object[] services = [this, _metadata, _engine];
        return serviceKey is null ? Array.Find(services, serviceType.IsInstanceOfType) : null;
    }

    /// <summary>Does nothing: the engine is disposed by its owner.</summary>
    public void Dispose()
    {
    }

    private Embedding<float> CreateEmbedding(BatchResult<float[]> result)
    {
        if (result.Error is { } error)
        {
            throw new ImageDecodingException(FormattableString.Invariant($"Value {result.Index} cannot be read: {error.Message}"), error);
        }

        float[] vector = result.Value;
        if (_normalizes)
        {
            Normalize(vector);
        }

        return new(vector) { CreatedAt = DateTimeOffset.UtcNow, ModelId = _metadata.DefaultModelId };
    }

    private static void Normalize(Span<float> vector)
    {
        float norm = TensorPrimitives.Norm(vector);
        if (norm > 0)
        {
            TensorPrimitives.Divide(vector, norm, vector);
        }
    }

    private void Validate(EmbeddingGenerationOptions? options)
    {
        if (options?.Dimensions is { } dimensions && dimensions != _metadata.DefaultModelDimensions)
        {
            throw new ArgumentException(
                FormattableString.Invariant($"Dimensions is {dimensions}; the model '{_metadata.DefaultModelId}' has {_metadata.DefaultModelDimensions}."),
                nameof(options));
        }

        if (options?.ModelId is { } model && model != _metadata.DefaultModelId)
        {
            throw new ArgumentException($"ModelId is '{model}'; the only model here is '{_metadata.DefaultModelId}'.", nameof(options));
        }
    }
}
