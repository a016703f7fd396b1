namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the options of <see cref="MobileNetV2EmbeddingGenerator"/>.</summary>
public sealed class MobileNetV2EmbeddingGeneratorOptions
{
    /// <summary>Gets or sets a value indicating whether embeddings have a length of 1, so that their dot product is the cosine of the angle between them.</summary>
    /// <value>The default is <see langword="true"/>. Otherwise, they are the output of the network.</value>
    public bool Normalize { get; set; } = true;

    /// <summary>Gets or sets the name of the model in the metadata and in each embedding. Embeddings of different models cannot be compared.</summary>
    /// <value>The default is null: made of the name of the weights and the size of the network's input, for example <c>mobilenetv2/Bundled/192</c>.</value>
    public string? ModelId { get; set; }
}
