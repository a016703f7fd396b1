using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>What a user's log is told, and the search for a learning rate on images.</summary>
[TestClass]
public sealed class TrainingLogTests
{
    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_LogsStartEachEpochAndEnd()
    {
        ListLogger log = new();
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Head!.Epochs = 3;
        options.FeatureCache = FeatureCache.InMemory();
        options.Logger = log;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(TrainedModels.CreateRows(_context, 12), TrainedModels.CreateRows(_context, 6), cancellationToken: TestContext.CancellationToken);

        Assert.AreEqual("Information Training on 12 rows of 1280 features, 6 rows for validation, 3 classes", log.Lines.Single(line => line.Contains("Training on", StringComparison.Ordinal)));
        Assert.Contains("Information Feature cache: 0 found, 12 computed since it was opened", log.Lines);
        Assert.HasCount(3, log.Lines.Where(line => line.StartsWith("Information Epoch", StringComparison.Ordinal)));
        Assert.StartsWith("Information Epoch 1: loss ", log.Lines.First(line => line.Contains("Epoch", StringComparison.Ordinal)));
        Assert.StartsWith("Information Training ended after 3 epochs", log.Lines[^1]);
    }

    [TestMethod]
    public void Fit_WithAnImageLeftOut_WarnsAndTellsTheUsersMethodToo()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 4);
        File.WriteAllText(paths[2], "no image");
        ListLogger log = new();
        List<UnreadableImage> told = [];
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Logger = log;
        options.UnreadableImages = UnreadableImageHandling.SkipRow;
        options.OnUnreadableImage = told.Add;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(
            _context.Data.LoadFromEnumerable(paths.Select((path, index) => new PathExample { Image = path, Label = index % 2 == 0 ? "a" : "b" }).ToArray()));

        Assert.HasCount(1, told);
        string warning = log.Lines.Single(line => line.StartsWith("Warning", StringComparison.Ordinal));
        Assert.StartsWith("Warning Row 2, column 'Image': the image cannot be read: ", warning);
        Assert.Contains(paths[2], warning);
        Assert.Contains(line => line.Contains("Training on 3 rows", StringComparison.Ordinal), log.Lines);
    }

    [TestMethod]
    public void FindLearningRate_OnImages_GivesACurveAndASuggestionThatLearns()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.FeatureCache = FeatureCache.InMemory();

        LearningRateCurve curve = _context.MulticlassClassification.Trainers.MobileNetV2(options).FindLearningRate(rows, cancellationToken: TestContext.CancellationToken);
        options.Head!.Optimizer = new AdamOptions { LearningRate = curve.SuggestedLearningRate };
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);

        Assert.IsGreaterThan(10, curve.Points.Count);
        Assert.AreEqual(1, model.History.Epochs[^1].Training.Accuracy);
        Assert.AreEqual(24, options.FeatureCache.MissCount, "both take the features from the cache");
    }
}
