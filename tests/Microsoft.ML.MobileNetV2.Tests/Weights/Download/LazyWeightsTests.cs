using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Weights of the catalog are known before they are there, and come when they are needed.</summary>
[TestClass]
public sealed class LazyWeightsTests(TestContext testContext)
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Facts_AreKnownWithoutARequest()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));

        MobileNetV2Weights weights = test.Open().WithDescription(test.Entry.Description with { Name = "renamed" });

        Assert.AreEqual("renamed", weights.Description.Name);
        Assert.AreEqual(1280, weights.FeatureCount);
        Assert.AreEqual(0, weights.ClassCount);
        Assert.IsFalse(weights.IsLoaded);
        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void GetOutputSchema_AndFit_SendNoRequest_ReadingRowsDoes()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));
        string image = DiscImages.WriteMany(test.Folder, 1)[0];
        IDataView rows = _context.Data.LoadFromEnumerable([new PathExample { Image = image }]);
        var estimator = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", Weights = test.Open(), InputSize = 32 });

        estimator.GetOutputSchema(SchemaShapes.Of(rows));
        using MobileNetV2FeaturizerTransformer model = estimator.Fit(rows);
        IDataView transformed = model.Transform(rows);

        Assert.AreEqual(1280, ((VectorDataViewType)transformed.Schema["Features"].Type).Size);
        Assert.IsEmpty(test.Server.Requests);
        Assert.HasCount(1280, transformed.GetColumn<float[]>("Features").Single());
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void TrainerGetOutputSchema_SendsNoRequest()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));
        IDataView rows = _context.Data.LoadFromEnumerable([new PathExample()]);

        _context.MulticlassClassification.Trainers
            .MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Image", Weights = test.Open() })
            .GetOutputSchema(SchemaShapes.Of(rows));

        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void Load_AfterAFailure_TriesAgain()
    {
        using DownloadCase test = new(ServerAnswers.Status("404 Not Found"), ServerAnswers.File(DownloadCase.Content));
        MobileNetV2Weights weights = test.Open();

        Assert.ThrowsExactly<WeightsDownloadException>(() => weights.Load(null, testContext.CancellationToken));
        Assert.IsFalse(weights.IsLoaded);
        weights.Load(null, testContext.CancellationToken);

        Assert.IsTrue(weights.IsLoaded);
        CheckpointAssert.SameBits(SyntheticNetwork.Create(0.35f, classCount: 0).Checkpoint, weights.Checkpoint);
    }

    [TestMethod]
    public async Task LoadAsync_FromManyThreads_DownloadsOnce()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));
        MobileNetV2Weights shared = test.Open();
        MobileNetV2Weights other = test.Open();

        await Task.WhenAll(Enumerable.Range(0, 8).Select(index => Task.Run(
            () => (index % 2 == 0 ? shared : other).LoadAsync(null, testContext.CancellationToken), testContext.CancellationToken)));

        Assert.HasCount(1, test.Server.Requests);
        Assert.IsTrue(shared.IsLoaded && other.IsLoaded);
    }

    [TestMethod]
    public void WithDescription_OfAnotherNetwork_ThrowsWithoutARequest()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));
        MobileNetV2Weights weights = test.Open();

        Assert.ThrowsExactly<WeightsFormatException>(() => weights.WithDescription(weights.Description with { Architecture = new(0.5f) }));
        Assert.ThrowsExactly<WeightsFormatException>(() => weights.WithDescription(weights.Description with { ClassNames = ["a"] }));
        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void FromFile_IsLoaded() => Assert.IsTrue(MobileNetV2Weights.Bundled.IsLoaded);
}
