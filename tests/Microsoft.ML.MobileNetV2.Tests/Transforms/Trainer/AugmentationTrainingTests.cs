using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Training on augmented views: more rows, each computed once.</summary>
[TestClass]
public sealed class AugmentationTrainingTests
{
    private const int ImageCount = 12;
    private const int ViewCount = 2;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_TrainsOnEachImageAndItsViews_ButValidatesOnPlainImages()
    {
        FeatureCache cache = FeatureCache.InMemory();
        List<long> stepCounts = [];
        MobileNetV2TrainerOptions options = CreateOptions(cache);
        options.Head = new HeadTrainerOptions { Epochs = 1, BatchSize = 1 };
        options.Progress = new ImmediateProgress(report => stepCounts.Add(report.Phase == TrainingPhase.TrainingHead ? report.Total : 0));

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(CreateRows(), CreateRows(first: 100, count: 6), cancellationToken: TestContext.CancellationToken);

        Assert.AreEqual(ImageCount * (1 + ViewCount), stepCounts.Max(), "steps with one row a batch");
        Assert.AreEqual(ImageCount * (1 + ViewCount) + 6, cache.MissCount);
    }

    [TestMethod]
    public void Fit_Again_GivesTheSameModel_WithAndWithoutACache()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);

        float[] without = Score(CreateOptions(cache: null));
        float[] first = Score(CreateOptions(cache));
        float[] second = Score(CreateOptions(cache));

        Assert.AreSequenceEqual(without, first);
        Assert.AreSequenceEqual(without, second);
        Assert.AreEqual(ImageCount * (1 + ViewCount), cache.HitCount);
    }

    [TestMethod]
    public void Fit_WithMoreViews_ComputesOnlyThose()
    {
        FeatureCache cache = FeatureCache.InMemory();
        Score(CreateOptions(cache));
        MobileNetV2TrainerOptions more = CreateOptions(cache);
        more.Augmentation = more.Augmentation! with { ViewsPerImage = ViewCount + 1 };

        Score(more);

        Assert.AreEqual(ImageCount * (1 + ViewCount + 1), cache.MissCount);
    }

    [TestMethod]
    public void Fit_WithOtherEffects_ComputesTheViewsAnew_AndTrainsAnotherModel()
    {
        FeatureCache cache = FeatureCache.InMemory();
        float[] first = Score(CreateOptions(cache));
        MobileNetV2TrainerOptions other = CreateOptions(cache);
        other.Augmentation = other.Augmentation! with { Seed = 2 };

        float[] second = Score(other);

        Assert.AreEqual(ImageCount * (1 + 2 * ViewCount), cache.MissCount);
        Assert.IsFalse(first.AsSpan().SequenceEqual(second));
    }

    [TestMethod]
    public void Fit_WithoutAnyEffect_GivesViewsThatArePlain()
    {
        MobileNetV2TrainerOptions options = CreateOptions(cache: null);
        options.Augmentation = TestViews.AllOff with { ViewsPerImage = 1 };
        TrainedModels.LabeledImage[] twice = [.. CreateImages(0, ImageCount).SelectMany(image => new[] { image, image })];

        float[] views = Score(options);
        float[] repeated = Score(TrainedModels.CreateOptions(), _context.Data.LoadFromEnumerable(twice));

        Assert.AreSequenceEqual(repeated, views);
    }

    [TestMethod]
    public void Fit_WithAnImageThatCannotBeRead_LeavesOutItsViewsToo()
    {
        TrainedModels.LabeledImage[] images = CreateImages(0, ImageCount);
        images[4].Image = [1, 2, 3];
        FeatureCache cache = FeatureCache.InMemory();
        MobileNetV2TrainerOptions options = CreateOptions(cache);
        options.UnreadableImages = UnreadableImageHandling.SkipRow;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(_context.Data.LoadFromEnumerable(images));

        Assert.AreEqual((ImageCount - 1) * (1 + ViewCount), cache.MissCount);
    }

    [TestMethod]
    public void Fit_WithWeightsOfRows_GivesViewsTheWeightOfTheirImage()
    {
        TrainedModels.LabeledImage[] images = CreateImages(0, ImageCount);
        WeightedImage WithLabel(TrainedModels.LabeledImage image, string label, float weight) => new() { Image = image.Image, Label = label, Weight = weight };
        IDataView rows = _context.Data.LoadFromEnumerable(images.SelectMany(
            image => new[] { WithLabel(image, image.Label, 1), WithLabel(image, "wrong", 0) }).ToArray());
        MobileNetV2TrainerOptions options = CreateOptions(cache: null);
        options.ExampleWeightColumnName = "Weight";

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);

        int wrong = model.ClassNames.ToList().IndexOf("wrong");
        Assert.IsTrue(model.Transform(rows).GetColumn<float[]>("Score").All(scores => scores[wrong] < 0.1f), "no row with a weight has that label");
    }

    private static MobileNetV2TrainerOptions CreateOptions(FeatureCache? cache)
    {
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.FeatureCache = cache;
        options.Augmentation = new ImageAugmentationOptions { ViewsPerImage = ViewCount };
        return options;
    }

    private static TrainedModels.LabeledImage[] CreateImages(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(index => new TrainedModels.LabeledImage { Image = TrainedModels.Draw(index), Label = TrainedModels.LabelOf(index) })];

    private IDataView CreateRows(int first = 0, int count = ImageCount) => _context.Data.LoadFromEnumerable(CreateImages(first, count));

    private float[] Score(MobileNetV2TrainerOptions options, IDataView? training = null)
    {
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(training ?? CreateRows());
        return [.. model.Transform(CreateRows()).GetColumn<float[]>("Score").SelectMany(scores => scores)];
    }

    private sealed class WeightedImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = string.Empty;

        public float Weight { get; set; }
    }
}
