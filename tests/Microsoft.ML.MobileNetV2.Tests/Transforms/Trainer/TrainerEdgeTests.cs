using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Few rows, many classes, rows that lack something, and a user who wants to stop: each ends as a user would want.</summary>
[TestClass]
public sealed class TrainerEdgeTests
{
    private const int FeatureCount = 64;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void TenImagesInTwoClasses_AreLearned_WithFiniteNumbers()
    {
        IDataView rows = CreateImages(Enumerable.Range(0, 10).Select(index => (ImageData: 3 * index + 2 * (index % 2), Label: index % 2 == 0 ? "few" : "many")));

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = TrainedModels.InputSize }).Fit(rows);

        AssertFinite(model.History);
        AssertPredictsItsRows(model, rows);
        Assert.IsTrue(model.Transform(rows).GetColumn<float[]>("Score").SelectMany(scores => scores).All(float.IsFinite));
    }

    [TestMethod]
    public void OneImageAClass_IsLearned()
    {
        IDataView rows = CreateImages([(0, "few"), (1, "some"), (2, "many")]);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = TrainedModels.InputSize }).Fit(rows);

        AssertFinite(model.History);
        AssertPredictsItsRows(model, rows);
    }

    [TestMethod]
    public void AThousandClasses_AreLearned_AndComeBackFromTheFile()
    {
        const int ClassCount = 1000;
        using TemporaryFolder folder = new();
        IDataView rows = CreateFeatures(Enumerable.Range(0, 2 * ClassCount).Select(index => index % ClassCount));

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        Assert.HasCount(ClassCount, model.ClassNames);
        AssertPredictsItsRows(loaded, rows);
    }

    [TestMethod]
    public void AClassMissingFromValidation_DoesNotCountThere()
    {
        IDataView training = CreateFeatures(Enumerable.Range(0, 60).Select(index => index % 3));
        IDataView validation = CreateFeatures(Enumerable.Range(0, 20).Select(index => index % 2));

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(training, validation, cancellationToken: TestContext.CancellationToken);

        TrainingMetrics best = model.History.Epochs[model.History.BestEpoch - 1].Validation!;
        AssertFinite(model.History);
        Assert.AreEqual(1, best.MacroAccuracy);
        Assert.AreEqual(1, best.MacroF1);
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    public void AFeatureThatIsNotFinite_IsNamed(float bad)
    {
        FeatureExample[] examples = CreateExamples(Enumerable.Range(0, 8).Select(index => index % 2));
        examples[5].Features[7] = bad;

        string error = Assert.ThrowsExactly<InvalidOperationException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(_context.Data.LoadFromEnumerable(examples))).Message;

        Assert.AreEqual(FormattableString.Invariant($"Row 5, column 'Features': feature 7 is {bad}; features must be finite."), error);
    }

    [TestMethod]
    public void CanceledWhileFeaturesAreComputed_Throws_ForThereIsNoModel()
    {
        using CancellationTokenSource stop = new();
        IEnumerable<TrainedModels.LabeledImage> Canceling() => Enumerable.Range(0, 30).Select(index =>
        {
            if (index == 20)
            {
                stop.Cancel();
            }

            return new TrainedModels.LabeledImage { Image = TrainedModels.Draw(index), Label = TrainedModels.LabelOf(index) };
        });
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Head!.KeepBestWhenCanceled = true;
        options.CancellationToken = stop.Token;

        Assert.Throws<OperationCanceledException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(_context.Data.LoadFromEnumerable(Canceling())));
    }

    [TestMethod]
    public void CanceledWhileTheHeadIsTrained_KeepsTheBestModelSoFar()
    {
        const int LastEpoch = 4;
        using CancellationTokenSource stop = new();
        IDataView rows = CreateFeatures(Enumerable.Range(0, 60).Select(index => index % 3));
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Head = new HeadTrainerOptions { KeepBestWhenCanceled = true };
        ImmediateProgress progress = new(report =>
        {
            if (report is { IsEndOfEpoch: true, Epoch: LastEpoch })
            {
                stop.Cancel();
            }
        });

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows, rows, progress, stop.Token);

        Assert.AreEqual(TrainingStopReason.Canceled, model.History.StopReason);
        Assert.HasCount(LastEpoch, model.History.Epochs);
        Assert.AreEqual(model.History.Epochs.MinBy(epoch => epoch.Validation!.Loss)!.Epoch, model.History.BestEpoch);
    }

    [TestMethod]
    public void CanceledBeforeTheFirstEpoch_Throws_ForThereIsNoModel()
    {
        using CancellationTokenSource stop = new();
        IDataView rows = CreateFeatures(Enumerable.Range(0, 60).Select(index => index % 3));
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Head = new HeadTrainerOptions { KeepBestWhenCanceled = true };
        options.CancellationToken = stop.Token;
        options.Head.Schedule = LearningRateSchedule.FromFunction(_ =>
        {
            stop.Cancel();
            return 1;
        });

        Assert.Throws<OperationCanceledException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows));
    }

    [TestMethod]
    public void CanceledWhileALearningRateIsSearched_Throws()
    {
        using CancellationTokenSource stop = new();
        IDataView rows = CreateFeatures(Enumerable.Range(0, 60).Select(index => index % 3));
        ImmediateProgress progress = new(report =>
        {
            if (report.Phase == TrainingPhase.FindingLearningRate)
            {
                stop.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).FindLearningRate(rows, progress, stop.Token));
    }

    [TestMethod]
    public void BadNumbers_AreNamedByTheRowOfTheDataView_WithViewsAndLeftOutRows()
    {
        MeasuredImage[] Images(Action<MeasuredImage> spoil)
        {
            MeasuredImage[] images = [.. Enumerable.Range(0, 6).Select(index => new MeasuredImage { Image = TrainedModels.Draw(index), Label = index })];
            images[1].Image = [1, 2, 3];
            spoil(images[4]);
            return images;
        }

        string Error(Action<MeasuredImage> spoil) => Assert.ThrowsExactly<InvalidOperationException>(() => _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            InputSize = TrainedModels.InputSize,
            Augmentation = new ImageAugmentationOptions(),
            ExampleWeightColumnName = "Weight",
            UnreadableImages = UnreadableImageHandling.SkipRow,
            Head = new HeadTrainerOptions { Loss = HeadLoss.Poisson },
        }).Fit(_context.Data.LoadFromEnumerable(Images(spoil)))).Message;

        Assert.AreEqual("Row 4, column 'Weight': the weight is -1; expected a finite number of at least 0.", Error(row => row.Weight = -1));
        Assert.AreEqual("Row 4, column 'Label': the label is Infinity; expected a finite number.", Error(row => row.Label = float.PositiveInfinity));
        Assert.AreEqual("Row 4, column 'Label': the label is -3; Poisson loss needs numbers of at least 0.", Error(row => row.Label = -3));
    }

    [TestMethod]
    public void AnUnknownClassInValidation_IsNamedByTheRowOfTheDataView()
    {
        TrainedModels.LabeledImage[] validation = [.. Enumerable.Range(0, 6).Select(index => new TrainedModels.LabeledImage { Image = TrainedModels.Draw(index), Label = "few" })];
        validation[1].Image = [1, 2, 3];
        validation[4].Label = "unheard of";
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.UnreadableImages = UnreadableImageHandling.SkipRow;

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options)
            .Fit(TrainedModels.CreateRows(_context, 6), _context.Data.LoadFromEnumerable(validation), cancellationToken: TestContext.CancellationToken)).Message;

        Assert.StartsWith("Row 4, column 'Label': the label 'unheard of' is not among the 3 classes", error);
    }

    [TestMethod]
    public void PixelsOfTheWrongSize_AreNotTakenAsFeatures()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(new[] { new PixelExample() { Image = new float[3 * 160 * 160] } }, CreatePixelSchema(3 * 160 * 160));

        string error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(
                new MobileNetV2TrainerOptions { LabelColumnName = "Image", LabelMode = LabelMode.MultiLabel }).Fit(rows)).Message;

        Assert.Contains("expected a vector of 110592 pixel values", error);
    }

    [TestMethod]
    public void AKeyOfTooManyValues_IsRefused()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(KeyedExample));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), int.MaxValue);
        IDataView rows = _context.Data.LoadFromEnumerable(new[] { new KeyedExample { Features = new float[FeatureCount] } }, definition);

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows)).Message;

        Assert.Contains("Label column 'Label' is a key of 2147483647 values; a classifier has at most 65536 classes", error);
    }

    [TestMethod]
    public void LabelsOfTheWrongKind_AreFoundBeforeAnImageIsComputed()
    {
        FeatureCache cache = FeatureCache.InMemory();
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Head = null;
        options.FeatureCache = cache;
        IDataView texts = TrainedModels.CreateRows(_context, 6);
        SchemaDefinition definition = SchemaDefinition.Create(typeof(MeasuredKey));
        definition["Label"].ColumnType = new KeyDataViewType(typeof(uint), int.MaxValue);
        IDataView keys = _context.Data.LoadFromEnumerable(new[] { new MeasuredKey { Image = TrainedModels.Draw(0) } }, definition);

        string binary = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.BinaryClassification.Trainers.MobileNetV2(options).Fit(texts)).Message;
        string regression = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.Regression.Trainers.MobileNetV2(options).Fit(texts)).Message;
        string multiclass = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(keys)).Message;

        Assert.Contains("Schema mismatch for label column 'Label': expected Boolean, got String.", binary);
        Assert.Contains("Schema mismatch for label column 'Label': expected Single, got String", regression);
        Assert.Contains("is a key of 2147483647 values", multiclass);
        Assert.AreEqual(0, cache.MissCount);
    }

    [TestMethod]
    public void ValidationLabelsOfAnotherKind_AreFoundBeforeAnImageIsComputed()
    {
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Head = null;
        options.FeatureCache = FeatureCache.InMemory();
        IDataView numbers = _context.Data.LoadFromEnumerable(new[] { new MeasuredImage { Image = TrainedModels.Draw(0), Label = 1 } });

        string error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.Regression.Trainers.MobileNetV2(options).Fit(numbers, TrainedModels.CreateRows(_context, 6), cancellationToken: TestContext.CancellationToken)).Message;

        Assert.StartsWith("Schema mismatch for label column 'Label' of the validation set: expected Single as in the training set, got String", error);
        Assert.AreEqual(0, options.FeatureCache.MissCount);
    }

    [TestMethod]
    public void ColumnsOfTheSameName_AreRefused()
    {
        string twice = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ScoreColumnName = "PredictedLabel" })).Message;
        string hidden = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ScoreColumnName = "Image" })).Message;

        Assert.Contains("'PredictedLabel' is the name of two columns", twice);
        Assert.Contains("'Image' is the name of two columns", hidden);
    }

    [TestMethod]
    public void TheLearningRate_IsUsed_WithTheDefaultSchedule()
    {
        IDataView rows = CreateFeatures(Enumerable.Range(0, 60).Select(index => index % 3));
        double LossAt(double learningRate)
        {
            MobileNetV2TrainerOptions options = CreateOptions();
            options.Head = new HeadTrainerOptions { Epochs = 3, Optimizer = new SgdOptions { LearningRate = learningRate } };
            using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);
            return model.History.Epochs[^1].Training.Loss;
        }

        Assert.IsLessThan(LossAt(1e-6), LossAt(1e-2));
    }

    private static MobileNetV2TrainerOptions CreateOptions() => new() { ImageColumnName = "Features" };

    private static void AssertFinite(TrainingHistory history) => Assert.IsTrue(
        history.Epochs.All(epoch => double.IsFinite(epoch.Training.Loss) && double.IsFinite(epoch.Validation?.Loss ?? 0)));

    private static FeatureExample[] CreateExamples(IEnumerable<int> classes)
    {
        Random random = new(3);
        return [.. classes.Select(index => new FeatureExample
        {
            Label = FormattableString.Invariant($"class {index:0000}"),
            Features = CreateFeatures(index, random),
        })];
    }

    /// <summary>Returns the direction of a class, with a little noise.</summary>
    private static float[] CreateFeatures(int index, Random noise)
    {
        Random random = new(index);
        return [.. Enumerable.Range(0, FeatureCount).Select(_ => random.NextSingle() + 0.05f * noise.NextSingle())];
    }

    private static void AssertPredictsItsRows(ITransformer model, IDataView rows)
    {
        IDataView scored = model.Transform(rows);
        IDataView named = new MLContext().Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
        Assert.AreSequenceEqual(rows.GetColumn<string>("Label"), named.GetColumn<string>("PredictedLabel"));
    }

    private IDataView CreateFeatures(IEnumerable<int> classes) => _context.Data.LoadFromEnumerable(CreateExamples(classes));

    private IDataView CreateImages(IEnumerable<(int ImageData, string Label)> images) => _context.Data.LoadFromEnumerable(
        images.Select(pair => new TrainedModels.LabeledImage { Image = TrainedModels.Draw(pair.ImageData), Label = pair.Label }).ToArray());

    private static SchemaDefinition CreatePixelSchema(int count)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(PixelExample));
        definition["Image"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, count);
        return definition;
    }

    private sealed class MeasuredImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public float Label { get; set; }

        public float Weight { get; set; } = 1;
    }

    private sealed class MeasuredKey
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }

    private sealed class KeyedExample
    {
        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(2)]
        public uint Label { get; set; }
    }

    private sealed class FeatureExample
    {
        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }
}
