using System.Numerics.Tensors;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.MobileNetV2.Extensions.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Embeddings;

/// <summary>The contract of embedding generators, for images.</summary>
[TestClass]
public sealed class MobileNetV2EmbeddingGeneratorTests
{
    private const string ModelId = "mobilenetv2/BundledSmall/128";
    private const int Dimensions = 1280;

    private static readonly MobileNetV2Engine Engine = new(new() { Weights = MobileNetV2Weights.BundledSmall });

    public required TestContext TestContext { get; init; }

    [ClassCleanup]
    public static void DisposeEngine() => Engine.Dispose();

    [TestMethod]
    public async Task GenerateAsync_WithoutNormalization_GivesTheFeaturesOfEachImageInOrder()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine, new() { Normalize = false });
        int[] indexes = [.. Enumerable.Range(0, 12), 3, 3];

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(indexes.Select(Content), cancellationToken: TestContext.CancellationToken);

        Assert.HasCount(indexes.Length, embeddings);
        foreach ((int index, Embedding<float> embedding) in indexes.Zip(embeddings))
        {
            Assert.AreSequenceEqual(Engine.Run(SavedModels.ImagePath(index)), embedding.Vector.ToArray());
        }
    }

    [TestMethod]
    public async Task GenerateAsync_ByDefault_GivesVectorsOfLengthOne()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);

        Embedding<float> embedding = await generator.GenerateAsync(Content(2), cancellationToken: TestContext.CancellationToken);

        float[] features = Engine.Run(SavedModels.ImagePath());
        Assert.AreEqual(1, TensorPrimitives.Norm(embedding.Vector.Span), 1e-6f);
        Assert.AreEqual(1, TensorPrimitives.CosineSimilarity(embedding.Vector.Span, features), 1e-6f);
        Assert.AreEqual((Dimensions, ModelId), (embedding.Dimensions, embedding.ModelId));
        Assert.IsNotNull(embedding.CreatedAt);
    }

    [TestMethod]
    public async Task GenerateAsync_DataUri_IsTheSameAsBytes()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);
        string uri = $"data:image/png;base64,{Convert.ToBase64String(SavedModels.ImageBytes())}";

        GeneratedEmbeddings<Embedding<float>> embeddings = await generator.GenerateAsync(
            [new DataContent(uri), Content(2), new DataContent(SavedModels.ImageBytes(), "application/octet-stream")],
            cancellationToken: TestContext.CancellationToken);

        Assert.AreSequenceEqual(embeddings[1].Vector.ToArray(), embeddings[0].Vector.ToArray());
        Assert.AreSequenceEqual(embeddings[1].Vector.ToArray(), embeddings[2].Vector.ToArray());
    }

    [TestMethod]
    [DataRow("https://example.com/image.png")]
    [DataRow("file:///image.png")]
    public void OtherUris_AreRefusedByDataContent(string uri)
        => Assert.Throws<ArgumentException>(() => new DataContent(uri));

    [TestMethod]
    public async Task GenerateAsync_NoImages_GivesNoEmbeddings()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);

        Assert.IsEmpty(await generator.GenerateAsync([], cancellationToken: TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task GenerateAsync_ImageThatCannotBeRead_NamesItsIndex()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);
        DataContent broken = new(new byte[] { 1, 2, 3 }, "image/png");

        ImageDecodingException error = await Assert.ThrowsExactlyAsync<ImageDecodingException>(
            () => generator.GenerateAsync([Content(0), Content(1), broken, Content(2)], cancellationToken: TestContext.CancellationToken));

        Assert.StartsWith("Value 2 cannot be read: ", error.Message);
        Assert.IsInstanceOfType<ImageDecodingException>(error.InnerException);
    }

    [TestMethod]
    public async Task GenerateAsync_OtherMediaType_IsRefusedWithItsIndex()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);

        ArgumentException error = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => generator.GenerateAsync([Content(0), new DataContent("text"u8.ToArray(), "text/plain")], cancellationToken: TestContext.CancellationToken));

        Assert.StartsWith("Value 1 has the media type 'text/plain'; expected one of 'image/…', or 'application/octet-stream'.", error.Message);
    }

    [TestMethod]
    public async Task GenerateAsync_Null_IsRefused()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);

        await Assert.ThrowsExactlyAsync<ArgumentNullException>(() => generator.GenerateAsync(null!, cancellationToken: TestContext.CancellationToken));
        ArgumentException error = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => generator.GenerateAsync([Content(0), null!], cancellationToken: TestContext.CancellationToken));
        Assert.StartsWith("Value 1 is null", error.Message);
    }

    [TestMethod]
    public async Task GenerateAsync_CanceledBeforehand_ReadsNothing()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);
        using CancellationTokenSource canceled = new();
        await canceled.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateAsync(
            Enumerable.Range(0, 1).Select<int, DataContent>(_ => throw new InvalidOperationException("It was read.")), cancellationToken: canceled.Token));
    }

    [TestMethod]
    public async Task GenerateAsync_CanceledMeanwhile_Ends()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);
        using CancellationTokenSource end = new();

        await Assert.ThrowsAsync<OperationCanceledException>(() => generator.GenerateAsync(Endless(), cancellationToken: end.Token));

        IEnumerable<DataContent> Endless()
        {
            for (int i = 0; ; i++)
            {
                yield return Content(i % 12);
                if (i == 20)
                {
                    end.Cancel();
                }
            }
        }
    }

    [TestMethod]
    public async Task GenerateAsync_OptionsOfAnotherModel_AreRefused()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine);

        ArgumentException dimensions = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => generator.GenerateAsync([Content(0)], new() { Dimensions = 256 }, TestContext.CancellationToken));
        ArgumentException model = await Assert.ThrowsExactlyAsync<ArgumentException>(
            () => generator.GenerateAsync([Content(0)], new() { ModelId = "clip" }, TestContext.CancellationToken));

        Assert.StartsWith($"Dimensions is 256; the model '{ModelId}' has 1280.", dimensions.Message);
        Assert.StartsWith($"ModelId is 'clip'; the only model here is '{ModelId}'.", model.Message);
        Assert.HasCount(1, await generator.GenerateAsync(
            [Content(0)], new() { Dimensions = Dimensions, ModelId = ModelId }, TestContext.CancellationToken));
    }

    [TestMethod]
    public void GetService_GivesMetadataEngineAndItself()
    {
        using MobileNetV2EmbeddingGenerator generator = new(Engine, new() { ModelId = "parts" });

        EmbeddingGeneratorMetadata metadata = generator.GetService<EmbeddingGeneratorMetadata>()!;

        Assert.AreEqual(("mobilenetv2", "parts", (int?)Dimensions), (metadata.ProviderName, metadata.DefaultModelId, metadata.DefaultModelDimensions));
        Assert.IsNull(metadata.ProviderUri);
        Assert.AreSame(Engine, generator.GetService<MobileNetV2Engine>());
        Assert.AreSame(generator, generator.GetService<IEmbeddingGenerator<DataContent, Embedding<float>>>());
        Assert.AreSame(generator, generator.GetService(typeof(MobileNetV2EmbeddingGenerator)));
        Assert.AreSame(generator, generator.GetService(typeof(object)));
        Assert.AreSame(generator, generator.GetService(typeof(IDisposable)), "the engine can be disposed, too, but is not what callers may dispose");
        Assert.IsNull(generator.GetService(typeof(string)));
        Assert.IsNull(generator.GetService(typeof(EmbeddingGeneratorMetadata), "key"));
        Assert.ThrowsExactly<ArgumentNullException>(() => generator.GetService(null!));
    }

    [TestMethod]
    public void EmptyModelId_IsRefused() =>
        Assert.StartsWith("ModelId is ''", Assert.ThrowsExactly<ArgumentException>(() => new MobileNetV2EmbeddingGenerator(Engine, new() { ModelId = string.Empty })).Message);

    [TestMethod]
    public async Task Dispose_LeavesTheEngineToItsOwner()
    {
        MobileNetV2EmbeddingGenerator generator = new(Engine);

        generator.Dispose();

        Assert.HasCount(1, await generator.GenerateAsync([Content(0)], cancellationToken: TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task AddMobileNetV2EmbeddingGenerator_TakesTheEngineOfTheServices()
    {
        ServiceCollection services = new();
        services.AddSingleton(Engine);
        services.AddMobileNetV2EmbeddingGenerator(options: new() { Normalize = false });
        await using ServiceProvider provider = services.BuildServiceProvider();

        var generator = provider.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();

        Assert.AreSame(Engine, generator.GetService<MobileNetV2Engine>());
        Assert.AreSame(generator, provider.GetRequiredService<IEmbeddingGenerator>());
        Embedding<float> embedding = await generator.GenerateAsync(Content(2), cancellationToken: TestContext.CancellationToken);
        Assert.AreSequenceEqual(Engine.Run(SavedModels.ImagePath()), embedding.Vector.ToArray());
    }

    [TestMethod]
    public async Task AddMobileNetV2EmbeddingGenerator_WithoutAnEngine_MakesOneThatTheContainerDisposes()
    {
        ServiceCollection services = new();
        services.AddMobileNetV2EmbeddingGenerator(new() { Weights = MobileNetV2Weights.BundledSmall });
        ServiceProvider provider = services.BuildServiceProvider();
        var generator = provider.GetRequiredService<IEmbeddingGenerator<DataContent, Embedding<float>>>();
        Embedding<float> embedding = await generator.GenerateAsync(Content(2), cancellationToken: TestContext.CancellationToken);

        await provider.DisposeAsync();

        Assert.AreEqual(ModelId, embedding.ModelId);
        await Assert.ThrowsExactlyAsync<ObjectDisposedException>(() => generator.GenerateAsync([Content(2)], cancellationToken: TestContext.CancellationToken));
    }

    private static DataContent Content(int index) => new(SavedModels.ImageBytes(index), "image/png");
}
