using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>The trainer's doors: from images and labels to columns that ML.NET's own consumers take.</summary>
[TestClass]
public sealed class MobileNetV2TrainerTests
{
    private const int InputSize = 64;

    /// <summary>A saved model runs the same graph with another number of threads.</summary>
    private const double SavedTolerance = 1e-5;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Multiclass_LearnsTextLabels_AndEvaluateAgrees()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 24);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);

        IDataView scored = _context.Transforms.Conversion.MapValueToKey(
            "LabelKey", "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue).Fit(rows).Transform(model.Transform(rows));

        MulticlassClassificationMetrics metrics = _context.MulticlassClassification.Evaluate(scored, "LabelKey");
        Assert.AreEqual(1, metrics.MicroAccuracy, "the training rows are learned");
        Assert.AreSequenceEqual(["few", "many", "some"], model.ClassNames);
        Assert.IsGreaterThan(0, model.History.Epochs.Count);
    }

    [TestMethod]
    public void Multiclass_OnKeysInAPipeline_GivesTheLabelBackBeforeAndAfterLoading()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 24);
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        string[] labels = [.. rows.GetColumn<string>("Label")];

        foreach (ITransformer each in new[] { model, _context.Model.LoadStock(folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _) })
        {
            IDataView scored = each.Transform(rows);
            Assert.AreSequenceEqual(labels, scored.GetColumn<string>("PredictedLabel"));
            Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(scored).MicroAccuracy);
            AssertSlotNames(["few", "many", "some"], scored.Schema["Score"], isOrdered: false);
            AssertClose(model.Transform(rows).GetColumn<float[]>("Score"), scored.GetColumn<float[]>("Score"));
        }
    }

    [TestMethod]
    public void Multiclass_WorksInPredictionEngineAndCrossValidate()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 24);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

        using var engine = _context.Model.CreatePredictionEngine<PathExample, Prediction>(pipeline.Fit(rows));
        var folds = _context.MulticlassClassification.CrossValidate(rows, pipeline, numberOfFolds: 2);

        PathExample first = _context.Data.CreateEnumerable<PathExample>(rows, reuseRowObject: false).First();
        Assert.AreEqual(first.Label, engine.Predict(first).PredictedLabel);
        Assert.HasCount(2, folds);
        Assert.IsTrue(folds.All(fold => fold.Metrics.MicroAccuracy > 0.5), "better than chance on rows that were not seen");
    }

    [TestMethod]
    public void Multiclass_OnReadyFeatures_TrainsTheHeadAlone()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 24);
        var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = InputSize });
        using var fitted = featurizer.Fit(rows);
        IDataView features = fitted.Transform(rows);
        MobileNetV2TrainerOptions options = CreateOptions();
        options.ImageColumnName = "Features";
        using var onFeatures = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(features);
        using var onImages = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);

        _context.Model.Save(onFeatures, features.Schema, folder.PathOf("head.zip"));
        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("head.zip"), out _);

        AssertClose(onImages.Transform(rows).GetColumn<float[]>("Score"), onFeatures.Transform(features).GetColumn<float[]>("Score"));
        AssertClose(onImages.Transform(rows).GetColumn<float[]>("Score"), loaded.Transform(features).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void Multiclass_WithSeveralLayers_GivesTheScoresOfTheHead()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 12);
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Head!.Layers =
        [
            new DenseLayerOptions { Units = 16, Activation = HeadActivation.Relu6 },
            new DenseLayerOptions { Units = 12, Activation = HeadActivation.LeakyRelu },
            new DenseLayerOptions { Units = 10, Activation = HeadActivation.Elu },
            new DenseLayerOptions { Units = 9, Activation = HeadActivation.Swish },
            new DenseLayerOptions { Units = 8, Activation = HeadActivation.Softplus },
            new DenseLayerOptions(),
        ];
        using var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = InputSize }).Fit(rows);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);

        IEnumerable<float[]> expected = featurizer.Transform(rows).GetColumn<float[]>("Features").Select(features => model.Head.Predict(features));
        AssertClose(expected, model.Transform(rows).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void Binary_GivesScoreProbabilityAndLabel_AndEvaluateAgrees()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(
            DrawMany(folder, 24).Select((image, index) => new YesNo { Image = image.Path, Label = image.Label == "many" }).ToArray());
        MobileNetV2TrainerOptions options = new() { InputSize = InputSize };

        using var model = _context.BinaryClassification.Trainers.MobileNetV2(options).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        foreach (ITransformer each in new ITransformer[] { model, loaded })
        {
            IDataView scored = each.Transform(rows);
            Assert.AreEqual(1, _context.BinaryClassification.Evaluate(scored).Accuracy);
            foreach ((float score, float probability) in scored.GetColumn<float>("Score").Zip(scored.GetColumn<float>("Probability")))
            {
                Assert.AreEqual(1 / (1 + Math.Exp(-score)), probability, 1e-6);
            }
        }
    }

    [TestMethod]
    public void Binary_WithAHeadOfTheUsersChoice_EndsInOneSigmoid()
    {
        MobileNetV2TrainerOptions WithHead(HeadTrainerOptions head) => new() { Head = head };
        var trainers = _context.BinaryClassification.Trainers;
        trainers.MobileNetV2(WithHead(new HeadTrainerOptions { Loss = HeadLoss.BinaryCrossEntropy }));
        trainers.MobileNetV2(WithHead(new HeadTrainerOptions { Loss = HeadLoss.Focal, Layers = [new DenseLayerOptions { Activation = HeadActivation.Sigmoid }] }));

        string softmax = Assert.ThrowsExactly<ArgumentException>(() => trainers.MobileNetV2(WithHead(new HeadTrainerOptions()))).Message;
        string two = Assert.ThrowsExactly<ArgumentException>(() => trainers.MobileNetV2(
            WithHead(new HeadTrainerOptions { Loss = HeadLoss.BinaryCrossEntropy, Layers = [new DenseLayerOptions { Units = 2 }] }))).Message;

        Assert.Contains("it has 1 with softmax. Use HeadLoss.BinaryCrossEntropy", softmax);
        Assert.Contains("it has 2 with sigmoid", two);
    }

    [TestMethod]
    public void Regression_GivesAScore_AndEvaluateAgrees()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(DrawMany(folder, 24).Select(image => new Measured { Image = image.Path, Label = image.Discs }).ToArray());

        using var model = _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = InputSize }).Fit(rows);

        RegressionMetrics metrics = _context.Regression.Evaluate(model.Transform(rows));
        Assert.IsGreaterThan(0.9, metrics.RSquared, "the training rows are learned");
    }

    [TestMethod]
    public void Fit_WithAValidationSet_KeepsItsBestEpochAndReportsProgress()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 30);
        var split = _context.Data.TrainTestSplit(rows, testFraction: 0.3, seed: 1);
        List<TrainingProgress> reports = [];
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Progress = new ImmediateProgress(reports.Add);
        options.ValidationSet = split.TestSet;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(split.TrainSet);

        EpochResult best = model.History.Epochs[model.History.BestEpoch - 1];
        Assert.AreEqual(model.History.Epochs.Min(epoch => epoch.Validation!.Loss), best.Validation!.Loss);
        Assert.Contains(report => report.Phase == TrainingPhase.TrainingHead && report.Validation is not null, reports);
    }

    [TestMethod]
    public void Fit_Canceled_ThrowsInEachPhase()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, 9);
        using CancellationTokenSource canceled = new();
        canceled.Cancel();
        using CancellationTokenSource later = new();
        MobileNetV2TrainerOptions whileFeaturizing = CreateOptions();
        whileFeaturizing.CancellationToken = canceled.Token;
        MobileNetV2TrainerOptions whileTraining = CreateOptions();
        whileTraining.CancellationToken = later.Token;
        whileTraining.Progress = new ImmediateProgress(report =>
        {
            if (report.Phase == TrainingPhase.TrainingHead)
            {
                later.Cancel();
            }
        });

        Assert.ThrowsExactly<OperationCanceledException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(whileFeaturizing).Fit(rows));
        Assert.Throws<OperationCanceledException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(whileTraining).Fit(rows));
    }

    [TestMethod]
    public void Fit_OnBadRows_SaysWhatIsWrong()
    {
        using TemporaryFolder folder = new();
        var trainer = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions());
        string path = DiscImages.WriteMany(folder, 1)[0];
        IDataView Rows(params PathExample[] rows) => _context.Data.LoadFromEnumerable(rows);

        string none = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(Rows())).Message;
        string oneClass = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(Rows(new PathExample { Image = path, Label = "only" }))).Message;
        string missing = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(Rows(new PathExample { Image = path }))).Message;
        string unseen = Assert.ThrowsExactly<InvalidOperationException>(() => trainer.Fit(
            Rows(new PathExample { Image = path, Label = "a" }, new PathExample { Image = path, Label = "b" }), Rows(new PathExample { Image = path, Label = "c" }), cancellationToken: TestContext.CancellationToken)).Message;

        Assert.Contains("There is no row to train on", none);
        Assert.Contains("All labels in column 'Label' are 'only'", oneClass);
        Assert.Contains("Row 0, column 'Label': the label is missing", missing);
        Assert.Contains("the label 'c' is not among the 2 classes", unseen);
    }

    [TestMethod]
    public void Fit_WithAllImagesUnreadable_SaysSo()
    {
        using TemporaryFolder folder = new();
        string broken = folder.Write("broken.jpg", "no image"u8);
        IDataView rows = _context.Data.LoadFromEnumerable([new PathExample { Image = broken, Label = "a" }, new PathExample { Image = broken, Label = "b" }]);
        MobileNetV2TrainerOptions options = CreateOptions();
        options.UnreadableImages = UnreadableImageHandling.SkipRow;

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows));

        Assert.Contains("all of its images are unreadable", error.Message);
    }

    private static MobileNetV2TrainerOptions CreateOptions() => new() { InputSize = InputSize, Head = new HeadTrainerOptions { Epochs = 30 } };

    private static (string Path, string Label, int Discs)[] DrawMany(TemporaryFolder folder, int count) => [.. Enumerable.Range(0, count).Select(index =>
    {
        (string label, int discs) = (index % 3) switch { 0 => ("few", 2), 1 => ("some", 12), _ => ("many", 60) };
        return (folder.Write($"{index:000}.png", DiscImages.Draw(index, discCount: discs)), label, discs);
    })];

    private static void AssertSlotNames(string[] expected, DataViewSchema.Column column, bool isOrdered)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        string[] actual = [.. names.DenseValues().Select(name => name.ToString())];
        Assert.AreSequenceEqual(expected, isOrdered ? actual : [.. actual.Order(StringComparer.Ordinal)]);
    }

    private static void AssertClose(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        int rows = 0;
        foreach ((float[] expectedRow, float[] actualRow) in expected.Zip(actual))
        {
            rows++;
            Assert.HasCount(expectedRow.Length, actualRow);
            for (int i = 0; i < expectedRow.Length; i++)
            {
                Assert.AreEqual(expectedRow[i], actualRow[i], SavedTolerance);
            }
        }

        Assert.IsGreaterThan(0, rows);
    }

    private IDataView CreateRows(TemporaryFolder folder, int count) => _context.Data.LoadFromEnumerable(
        DrawMany(folder, count).Select(image => new PathExample { Image = image.Path, Label = image.Label }).ToArray());

    private sealed class Prediction
    {
        public string PredictedLabel { get; set; } = string.Empty;
    }

    private sealed class YesNo
    {
        public string Image { get; set; } = string.Empty;

        public bool Label { get; set; }
    }

    private sealed class Measured
    {
        public string Image { get; set; } = string.Empty;

        public float Label { get; set; }
    }
}
