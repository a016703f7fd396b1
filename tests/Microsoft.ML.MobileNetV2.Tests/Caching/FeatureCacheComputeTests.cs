using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Caching;

/// <summary>A cache computes features as the engine does, and each of them once.</summary>
[TestClass]
public sealed class FeatureCacheComputeTests
{
    private static readonly MobileNetV2EngineOptions Small = new() { Weights = MobileNetV2Weights.BundledSmall, InputSize = 64 };

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void ComputeFeatures_AreThoseOfTheEngine_ComputedOnce(bool isInFolder)
    {
        using TemporaryFolder folder = new();
        string[] paths = WriteImages(folder);
        using MobileNetV2Engine engine = new(Small);
        FeatureCache cache = isInFolder ? FeatureCache.InFolder(folder.PathOf("cache")) : FeatureCache.InMemory();

        float[][] first = [.. cache.ComputeFeatures(paths, Small, TestContext.CancellationToken).Select(result => result.Value)];
        float[][] second = [.. cache.ComputeFeatures(paths, Small, TestContext.CancellationToken).Select(result => result.Value)];

        foreach ((int index, string path) in paths.Index())
        {
            Assert.AreSequenceEqual(engine.Run(path), first[index]);
            Assert.AreSequenceEqual(first[index], second[index]);
        }

        Assert.AreEqual((paths.Length, paths.Length), (cache.MissCount, cache.HitCount));
    }

    [TestMethod]
    public void ComputeFeatures_TrainerWithTheSameNetwork_FindsThem()
    {
        using TemporaryFolder folder = new();
        string[] paths = WriteImages(folder);
        FeatureCache cache = FeatureCache.InMemory();
        _ = cache.ComputeFeatures(paths, Small, TestContext.CancellationToken).Count();
        MLContext mlContext = new(seed: 1);
        IDataView rows = mlContext.Data.LoadFromEnumerable(paths.Select((path, index) => new Row { Image = path, Label = index % 2 == 0 ? "even" : "odd" }));

        using var model = mlContext.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            Weights = Small.Weights,
            InputSize = Small.InputSize,
            FeatureCache = cache,
            Head = new HeadTrainerOptions { Epochs = 1 },
        }).Fit(rows);

        Assert.AreEqual((paths.Length, paths.Length), (cache.MissCount, cache.HitCount));
    }

    [TestMethod]
    public void ComputeFeatures_UnreadableImage_HasAnErrorThatNamesIt()
    {
        using TemporaryFolder folder = new();
        string bad = folder.PathOf("bad.png");
        File.WriteAllText(bad, "This is no image.");
        string[] paths = [.. WriteImages(folder)[..1], bad, folder.PathOf("missing.png")];

        BatchResult<float[]>[] results = [.. FeatureCache.InMemory().ComputeFeatures(paths, Small, TestContext.CancellationToken)];

        Assert.AreSequenceEqual([false, true, true], results.Select(result => result.Error is not null));
        Assert.Contains("bad.png", results[1].Error!.Message);
        Assert.Contains("missing.png", results[2].Error!.Message);
    }

    [TestMethod]
    public void ComputeFeatures_OtherOutput_IsRefusedAtOnce()
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => FeatureCache.InMemory().ComputeFeatures([], new() { Output = MobileNetV2Output.FeatureMap, InputSize = 1 }, TestContext.CancellationToken));

        Assert.Contains("Output is FeatureMap; a cache keeps Features.", error.Message);
        Assert.Contains("InputSize is 1", error.Message);
    }

    private static string[] WriteImages(TemporaryFolder folder)
    {
        string[] paths = [.. Enumerable.Range(0, 6).Select(index => folder.PathOf($"{index}.png"))];
        foreach ((int index, string path) in paths.Index())
        {
            File.WriteAllBytes(path, TestImages.Png(40 + index, 30, TestImages.Noise));
        }

        return paths;
    }

    private sealed class Row
    {
        public string Image { get; set; } = string.Empty;

        public string Label { get; set; } = string.Empty;
    }
}
