using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>A training with a cache gives the model that it gives without, and computes an image once.</summary>
[TestClass]
public sealed class FeatureCacheTrainingTests(TestContext testContext)
{
    private const int ImageCount = 12;

    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Fit_Again_ComputesNothing_AndGivesTheSameModel(bool isInFolder)
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cache = isInFolder ? FeatureCache.InFolder(folder.PathOf("cache")) : FeatureCache.InMemory();
        float[][] expected = Score(rows, cache: null);

        float[][] first = Score(rows, cache);
        float[][] second = Score(rows, cache);

        Assert.AreEqual(ImageCount, cache.MissCount);
        Assert.AreEqual(ImageCount, cache.HitCount);
        AssertSame(expected, first);
        AssertSame(expected, second);
    }

    [TestMethod]
    public void CrossValidate_ComputesEachImageOnce()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InMemory();
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(cache)));

        var folds = _context.MulticlassClassification.CrossValidate(_context.Data.LoadFromEnumerable(CreateRows(folder)), pipeline, numberOfFolds: 3);

        Assert.HasCount(3, folds);
        Assert.AreEqual(ImageCount, cache.MissCount);
        Assert.AreEqual(ImageCount, cache.HitCount, "each row trains in two of three folds");
    }

    [TestMethod]
    public void Fit_OnMovedImages_ComputesNothing()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cache = FeatureCache.InMemory();
        Score(rows, cache);
        foreach (PathExample row in rows)
        {
            File.Move(row.Image, row.Image + ".moved");
            row.Image += ".moved";
        }

        Score(rows, cache);

        Assert.AreEqual(ImageCount, cache.MissCount);
    }

    [TestMethod]
    public void Fit_OnTheBytesOfTheFiles_ComputesNothing()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cache = FeatureCache.InMemory();
        Score(rows, cache);
        IDataView encoded = _context.Data.LoadFromEnumerable(
            rows.Select(row => new TrainedModels.LabeledImage { Image = File.ReadAllBytes(row.Image), Label = row.Label }).ToArray());

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(cache)).Fit(encoded);

        Assert.AreEqual(ImageCount, cache.MissCount);
    }

    [TestMethod]
    public void Fit_WithOneChangedImage_ComputesThatOne()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cache = FeatureCache.InFolder(folder.PathOf("cache"));
        Score(rows, cache);
        File.WriteAllBytes(rows[3].Image, DiscImages.Draw(1000));

        float[][] actual = Score(rows, cache);

        Assert.AreEqual(ImageCount + 1, cache.MissCount);
        AssertSame(Score(rows, cache: null), actual);
    }

    [TestMethod]
    public void Fit_WithOtherSettings_ComputesAllAnew()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cache = FeatureCache.InFolder(folder.PathOf("cache"));
        Score(rows, cache);
        Action<MobileNetV2TrainerOptions>[] changes =
        [
            options => options.InputSize = 96,
            options => options.Resize = ImageResizeMode.Pad,
            options => options.Decoding = new ImageDecodingOptions { UseScaledDecoding = false },
            options => options.Weights = SyntheticNetwork.Create(0.35f),
        ];

        foreach ((Action<MobileNetV2TrainerOptions> change, int index) in changes.Select((change, index) => (change, index)))
        {
            Score(rows, cache, change);
            Assert.AreEqual(ImageCount * (index + 2), cache.MissCount, $"change {index}");
        }
    }

    [TestMethod]
    public void Fit_OfImagesAndPixels_FindsThemToo()
    {
        FeatureCache cache = FeatureCache.InMemory();
        MLImage[] images = [.. Enumerable.Range(0, 4).Select(index => MLImage.CreateFromStream(new MemoryStream(TrainedModels.Draw(index))))];
        IDataView rows = _context.Data.LoadFromEnumerable(images.Select((image, index) => new MemoryExample { Image = image, Label = TrainedModels.LabelOf(index) }).ToArray());

        using var first = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(cache)).Fit(rows);
        using var second = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(cache)).Fit(rows);

        Assert.AreEqual(images.Length, cache.MissCount);
        Assert.AreEqual(images.Length, cache.HitCount);
        Array.ForEach(images, image => image.Dispose());
    }

    [TestMethod]
    public void Fit_OfADisposedImage_SaysThatItMustLive()
    {
        MLImage[] images = [.. Enumerable.Range(0, 2).Select(index => MLImage.CreateFromStream(new MemoryStream(TrainedModels.Draw(index))))];
        Array.ForEach(images, image => image.Dispose());
        IDataView rows = _context.Data.LoadFromEnumerable(images.Select((image, index) => new MemoryExample { Image = image, Label = TrainedModels.LabelOf(index) }).ToArray());

        string error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(FeatureCache.InMemory())).Fit(rows)).Message;

        Assert.StartsWith("Row 0, column 'Image': The image is disposed; it must live until its row has been read.", error);
    }

    [TestMethod]
    public void Fit_AfterACanceledOne_GoesOnFromThere()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        FeatureCache cut = FeatureCache.InFolder(folder.PathOf("cache"));
        using CancellationTokenSource stop = new();
        IEnumerable<PathExample> Interrupted() => rows.Select((row, index) =>
        {
            if (index == ImageCount - 1)
            {
                stop.Cancel();
            }

            return row;
        });
        MobileNetV2TrainerOptions options = CreateOptions(cut);
        options.CancellationToken = stop.Token;
        options.MaxDegreeOfParallelism = 1;
        Assert.Throws<OperationCanceledException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(_context.Data.LoadFromEnumerable(Interrupted())));

        FeatureCache next = FeatureCache.InFolder(folder.PathOf("cache"));
        float[][] actual = Score(rows, next);

        Assert.IsGreaterThan(0, cut.MissCount);
        Assert.AreEqual(cut.MissCount, next.HitCount);
        Assert.AreEqual(ImageCount, next.HitCount + next.MissCount);
        AssertSame(Score(rows, cache: null), actual);
    }

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task Fit_AfterAKilledProcess_GoesOnFromThere()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        using (Process killed = Process.Start(ChildProgram.Create("Microsoft.ML.MobileNetV2.FeatureWriter", folder.PathOf("images"), folder.PathOf("cache")))!)
        {
            await WaitForFeaturesAsync(folder.PathOf("cache"), killed);
            killed.Kill();
            await killed.WaitForExitAsync(testContext.CancellationToken);
        }

        FeatureCache cache = FeatureCache.InFolder(folder.PathOf("cache"));
        float[][] actual = Score(rows, cache);

        Assert.IsGreaterThan(0, cache.HitCount);
        Assert.IsGreaterThan(0, cache.MissCount);
        Assert.AreEqual(ImageCount, cache.HitCount + cache.MissCount);
        AssertSame(Score(rows, cache: null), actual);
    }

    [TestMethod]
    public void Fit_WithACacheThatCannotBeWritten_SaysSo_AndTakesNoImageAsUnreadable()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        MobileNetV2TrainerOptions options = CreateOptions(FeatureCache.InFolder(Path.Combine(rows[0].Image, "cache")));
        options.UnreadableImages = UnreadableImageHandling.SkipRow;

        string error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(_context.Data.LoadFromEnumerable(rows))).Message;

        Assert.Contains("The features cannot be written to the cache", error);
    }

    [TestMethod]
    public void Fit_WithACache_NamesTheImageThatCannotBeRead()
    {
        using TemporaryFolder folder = new();
        PathExample[] rows = CreateRows(folder);
        File.WriteAllText(rows[2].Image, "no image");

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => Score(rows, FeatureCache.InMemory())).Message;

        Assert.StartsWith($"Row 2, column 'Image': ", error);
        Assert.Contains(rows[2].Image, error);
    }

    private static PathExample[] CreateRows(TemporaryFolder folder) => [.. Enumerable.Range(0, ImageCount).Select(index => new PathExample
    {
        Image = folder.Write(Path.Combine("images", $"{index:000}.png"), TrainedModels.Draw(index)),
        Label = TrainedModels.LabelOf(index),
    })];

    private static MobileNetV2TrainerOptions CreateOptions(FeatureCache? cache)
    {
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.FeatureCache = cache;
        return options;
    }

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        foreach ((float[] expectedRow, float[] actualRow) in expected.Zip(actual))
        {
            Assert.AreSequenceEqual(expectedRow, actualRow);
        }
    }

    private float[][] Score(PathExample[] rows, FeatureCache? cache, Action<MobileNetV2TrainerOptions>? change = null)
    {
        MobileNetV2TrainerOptions options = CreateOptions(cache);
        change?.Invoke(options);
        IDataView view = _context.Data.LoadFromEnumerable(rows);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(view);
        return [.. model.Transform(view).GetColumn<float[]>("Score")];
    }

    private Task WaitForFeaturesAsync(string cache, Process process)
    {
        const int SomeRecords = 4 * 1280 * sizeof(float);
        return Polling.UntilAsync(
            () =>
            {
                Assert.IsFalse(process.HasExited, "the process ended by itself");
                return Directory.Exists(cache)
                    && Directory.EnumerateFiles(cache, "*", SearchOption.AllDirectories).Any(path => new FileInfo(path).Length > SomeRecords);
            },
            testContext.CancellationToken);
    }
}
