using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Fine-tuning through the trainer: the model is like any other, and what cannot work says so.</summary>
[TestClass]
public sealed class FineTuningTests
{
    private const int RowCount = 24;

    /// <summary>A saved model runs the same weights in another runtime.</summary>
    private const double SavedTolerance = 3e-5;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_TrainsTheLastBlocksAlone()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, classCount: 0);
        using var model = Train(CreateOptions(weights));

        Assert.HasCount(3, model.FineTuning!.Epochs);
        foreach ((string name, MobileNetV2.Weights.WeightTensor tensor) in model.Weights!.Checkpoint.Tensors)
        {
            bool isTrained = name.StartsWith("features.18.", StringComparison.Ordinal) || name.StartsWith("features.17.", StringComparison.Ordinal);
            bool isStatistic = name.Contains("running", StringComparison.Ordinal);
            bool isSame = weights.Checkpoint.Require(name).Values.AsSpan().SequenceEqual(tensor.Values);
            Assert.AreEqual(!isTrained || isStatistic, isSame, name);
        }
    }

    [TestMethod]
    public void Fit_TrainedBatchNorm_MovesTheRunningStatisticsOfTheLastBlocks()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, classCount: 0);
        MobileNetV2TrainerOptions options = CreateOptions(weights);
        options.FineTuning!.BatchNorm = BatchNormHandling.Trained;
        using var model = Train(options);

        float[] Statistics(MobileNetV2Weights of, string name) => of.Checkpoint.Require(name).Values;
        Assert.AreNotEqual(Statistics(weights, "features.18.1.running_mean")[0], Statistics(model.Weights!, "features.18.1.running_mean")[0]);
        Assert.AreEqual(Statistics(weights, "features.16.conv.0.1.running_mean")[0], Statistics(model.Weights!, "features.16.conv.0.1.running_mean")[0]);
    }

    [TestMethod]
    public void Fit_TheWholeNetwork_LearnsWhatTheFrozenOneDoesNot()
    {
        MobileNetV2TrainerOptions options = CreateOptions(SyntheticNetwork.Create(0.35f, classCount: 0));
        options.FineTuning = new() { UnfrozenBlocks = FineTuningOptions.AllBlocks, Epochs = 6, BatchSize = 8, Optimizer = new AdamOptions { LearningRate = 1e-3 } };

        using var model = Train(options);

        IReadOnlyList<EpochResult> epochs = model.FineTuning!.Epochs;
        Assert.IsLessThan(epochs[0].Training.Loss, epochs[^1].Training.Loss);
        Assert.AreNotEqual(0, model.Weights!.Checkpoint.Require("features.0.0.weight").Values[0] - options.Weights!.Checkpoint.Require("features.0.0.weight").Values[0]);
    }

    [TestMethod]
    public void Save_AndLoad_GivesTheSameScoresEverywhere()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, RowCount);
        using var model = Train(CreateOptions(MobileNetV2Weights.BundledSmall));
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        model.SaveAsOnnx(folder.PathOf("model.onnx"));
        WeightsFile.Save(model.Weights!, folder.PathOf("weights.safetensors"));
        float[][] scores = [.. model.Transform(rows).GetColumn<float[]>("Score")];

        AssertClose(scores, _context.Model.LoadStock(folder.PathOf("model.zip"), out _).Transform(rows).GetColumn<float[]>("Score"));
        AssertClose(scores, _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _).Transform(rows).GetColumn<float[]>("Score"));
        using var classifier = ImageClassifier.Load(folder.PathOf("model.zip"));
        Assert.AreEqual(scores[0].Max(), classifier.Predict(TrainedModels.Source(0)).Best.Score, SavedTolerance);
        AssertSameFeatures(model.Weights!, MobileNetV2Weights.FromFile(folder.PathOf("weights.safetensors")));
        Assert.IsTrue(File.Exists(folder.PathOf("model.onnx")));
    }

    [TestMethod]
    public void Fit_Twice_GivesTheSameBits()
    {
        using var first = Train(CreateOptions(MobileNetV2Weights.BundledSmall));
        using var second = Train(CreateOptions(MobileNetV2Weights.BundledSmall));

        Assert.AreSequenceEqual(
            first.Weights!.Checkpoint.Require("features.18.0.weight").Values, second.Weights!.Checkpoint.Require("features.18.0.weight").Values);
    }

    [TestMethod]
    public void Fit_NoEpochBetterThanTheFrozenBackbone_KeepsThat()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.FineTuning!.Optimizer = new SgdOptions { LearningRate = 3 };
        options.FineTuning.GradientClipNorm = 1000;
        options.FineTuning.WarmUpEpochs = 0;
        IDataView rows = TrainedModels.CreateRows(_context, RowCount);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows, rows, cancellationToken: TestContext.CancellationToken);

        Assert.AreEqual(0, model.FineTuning!.BestEpoch);
        AssertSameFeatures(MobileNetV2Weights.BundledSmall, model.Weights!);
    }

    [TestMethod]
    public void Fit_RateThatIsFarTooHigh_StopsWithTheStepAndTheRate()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.FineTuning!.Optimizer = new SgdOptions { LearningRate = 1e30 };
        options.FineTuning.GradientClipNorm = 0;

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => Train(options)).Message;

        Assert.Contains("Fine-tuning, epoch 1, step ", error);
        Assert.Contains("1E+30 is too high; lower it, or set FineTuning.GradientClipNorm.", error);
    }

    [TestMethod]
    public void Fit_AugmentedViewsAndAValidationFraction_AreUsed()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.Augmentation = new() { ViewsPerImage = 1 };
        options.ValidationFraction = 0.25;
        using var model = Train(options);

        Assert.IsNotNull(model.FineTuning!.Epochs[0].Validation);
    }

    [TestMethod]
    public void Fit_OtherTasks_TrainTheBackboneToo()
    {
        IDataView rows = TrainedModels.CreateRows(_context, RowCount);
        IDataView numbers = _context.Transforms.Conversion.MapValue("Number", [new("few", 2f), new("some", 12f), new KeyValuePair<string, float>("many", 60)], "Label").Fit(rows).Transform(rows);
        IDataView flags = _context.Transforms.Conversion.MapValue("Flag", [new("few", false), new("some", true), new KeyValuePair<string, bool>("many", true)], "Label").Fit(rows).Transform(rows);

        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.LabelColumnName = "Number";
        options.Head = null;
        using var regression = _context.Regression.Trainers.MobileNetV2(options).Fit(numbers);
        options.LabelColumnName = "Flag";
        using var binary = _context.BinaryClassification.Trainers.MobileNetV2(options).Fit(flags);

        Assert.IsTrue(regression.Transform(numbers).GetColumn<float>("Score").All(float.IsFinite));
        Assert.IsLessThan(20, regression.FineTuning!.Epochs[^1].Training.RootMeanSquaredError);
        Assert.HasCount(RowCount, binary.Transform(flags).GetColumn<bool>("PredictedLabel"));
    }

    [TestMethod]
    public void CanceledWhileTheBackboneIsTrained_KeepsTheBestModelOrThrows()
    {
        foreach (bool isKept in new[] { true, false })
        {
            using CancellationTokenSource stop = new();
            MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
            options.Head!.KeepBestWhenCanceled = isKept;
            options.Progress = new ImmediateProgress(report =>
            {
                if (report is { Phase: TrainingPhase.FineTuning, Epoch: 1, IsEndOfEpoch: true })
                {
                    stop.Cancel();
                }
            });
            options.CancellationToken = stop.Token;

            if (isKept)
            {
                using var model = Train(options);
                Assert.AreEqual(TrainingStopReason.Canceled, model.FineTuning!.StopReason);
                Assert.HasCount(1, model.FineTuning.Epochs);
            }
            else
            {
                Assert.ThrowsExactly<OperationCanceledException>(() => Train(options));
            }
        }
    }

    [TestMethod]
    [DataRow(0, 8, 0f)]
    [DataRow(0.9, 3, 0.5f, DisplayName = "averaged weights, batches in parts, mixed images")]
    public void Fit_CutOffAtAnyStep_ResumesWithTheSameBits(double averageDecay, int microBatchSize, float mixAlpha)
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions Create(string name)
        {
            MobileNetV2TrainerOptions options = CreateCheckpointed(folder, name);
            options.FineTuning!.AverageDecay = averageDecay;
            options.FineTuning.MicroBatchSize = microBatchSize;
            options.FineTuning.MixUpAlpha = options.FineTuning.CutMixAlpha = mixAlpha;
            return options;
        }

        float[] expected = TunedWeights(Create("whole"));

        // Three epochs of three steps: before the first checkpoint, in an epoch, and between two.
        foreach (int stop in new[] { 1, 4, 6, 8 })
        {
            MobileNetV2TrainerOptions options = Create($"after {stop}");
            int reports = 0;
            options.Progress = new ImmediateProgress(report =>
            {
                if (report.Phase == TrainingPhase.FineTuning && report.Done >= stop && reports++ == 0)
                {
                    throw new IOException("The power went off.");
                }
            });
            Assert.ThrowsExactly<IOException>(() => Train(options));

            Assert.AreSequenceEqual(expected, TunedWeights(options), $"cut off after {stop} steps");
            Assert.IsFalse(File.Exists(options.FineTuning!.CheckpointPath), "a training that has ended needs no checkpoint");
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(0.2)]
    public void Fit_CutOffWithinAnEpoch_ResumesWithTheSameBitsAndMetrics(double validationFraction)
    {
        const int StepCount = 9;
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions Create(string name, int stop)
        {
            // The rates of all steps are asked for once, to tell the training from others; then at each step.
            int callsLeft = StepCount + stop;
            MobileNetV2TrainerOptions options = CreateCheckpointed(folder, name);
            options.ValidationFraction = validationFraction;
            options.FineTuning!.CheckpointInterval = TimeSpan.Zero;
            options.FineTuning.Schedule = LearningRateSchedule.FromFunction(epoch => callsLeft-- > 0 ? 1 / (1 + epoch) : throw new IOException("The power went off."));
            return options;
        }

        using var whole = Train(Create("whole", StepCount));
        foreach (int stop in new[] { 1, 2, 3, 7 })
        {
            Assert.ThrowsExactly<IOException>(() => Train(Create("run", stop)));
            using var resumed = Train(Create("run", StepCount - stop));

            Assert.AreSequenceEqual(WeightsOf(whole), WeightsOf(resumed), $"cut off after {stop} steps");
            Assert.AreSequenceEqual(whole.FineTuning!.Epochs.Select(epoch => epoch.Training.Loss), resumed.FineTuning!.Epochs.Select(epoch => epoch.Training.Loss));
            Assert.AreSequenceEqual(whole.FineTuning.Epochs.Select(epoch => epoch.Training.MacroF1), resumed.FineTuning.Epochs.Select(epoch => epoch.Training.MacroF1));
        }
    }

    [TestMethod]
    public void Fit_CheckpointOfAnotherTraining_IsRefusedAndSaysWhatDiffers()
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = CreateCheckpointed(folder, "checkpoint");
        options.Progress = new ImmediateProgress(report => _ = report.Phase == TrainingPhase.FineTuning ? throw new IOException() : 0);
        Assert.ThrowsExactly<IOException>(() => Train(options));
        options.Progress = null;
        IDataView otherRows = TrainedModels.CreateRows(_context, RowCount + 1);

        string ofRows = Assert.ThrowsExactly<InvalidOperationException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(otherRows, cancellationToken: TestContext.CancellationToken)).Message;
        options.FineTuning!.LabelSmoothing = 0;
        string ofOptions = Assert.ThrowsExactly<InvalidOperationException>(() => Train(options)).Message;

        Assert.Contains("rows", ofRows);
        Assert.EndsWith("it differs in options. Delete it, or set another CheckpointPath.", ofOptions);
    }

    [TestMethod]
    public void Fit_DamagedCheckpoint_IsNamed()
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = CreateCheckpointed(folder, "checkpoint");
        File.WriteAllBytes(options.FineTuning!.CheckpointPath!, [1, 2, 3]);

        string error = Assert.ThrowsExactly<InvalidDataException>(() => Train(options)).Message;

        Assert.StartsWith($"'{options.FineTuning.CheckpointPath}' cannot be read as the checkpoint of a training: ", error);
    }

    [TestMethod]
    public void Fit_CheckpointOrCacheThatCannotBeWritten_IsNamedBeforeAnImageIsRead()
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = CreateCheckpointed(folder, "checkpoint");
        options.OnUnreadableImage = _ => Assert.Fail("an image was read");
        IDataView rows = _context.Data.LoadFromEnumerable<PathExample>([new() { Image = "missing.png", Label = "a" }, new() { Image = "missing.png", Label = "b" }]);
        string Message(string path)
        {
            options.FineTuning!.CheckpointPath = path;
            return Assert.Throws<IOException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows)).Message;
        }

        options.FineTuning!.CacheFolder = folder.PathOf("nowhere");
        Assert.AreEqual($"The folder '{folder.PathOf("nowhere")}' of FineTuning.CacheFolder does not exist; create it first.", Message(folder.PathOf("file")));
        options.FineTuning.CacheFolder = null;
        Assert.AreEqual($"FineTuning.CheckpointPath '{folder.Path}' is a folder; expected the path of a file.", Message(folder.Path));
        Assert.AreEqual($"The folder '{folder.PathOf("none")}' of FineTuning.CheckpointPath does not exist; create it first.", Message(folder.PathOf("none", "checkpoint")));
    }

    [TestMethod]
    public void Fit_BatchInParts_IsTheTrainingOfTheWholeBatch()
    {
        // Sums in another order; Adam would make a step of a gradient that is nothing but rounding.
        const double Tolerance = 1e-4;
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.FineTuning!.Optimizer = new SgdOptions { LearningRate = 0.01 };
        float[] whole = TunedWeights(options);
        options.FineTuning.MicroBatchSize = 3;
        float[] inParts = TunedWeights(options);

        Assert.IsLessThanOrEqualTo(Tolerance, whole.Zip(inParts, (a, b) => (double)Math.Abs(a - b)).Max());
    }

    [TestMethod]
    public void Fit_AverageDecay_KeepsAnAverageOfWeights()
    {
        float[] start = MobileNetV2Weights.BundledSmall.Checkpoint.Require("features.18.0.weight").Values;
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        double DistanceOf(double decay)
        {
            options.FineTuning!.AverageDecay = decay;
            return start.Zip(TunedWeights(options), (a, b) => (double)Math.Abs(a - b)).Sum();
        }

        double distance = DistanceOf(0);
        Assert.IsLessThan(distance, DistanceOf(0.9));
        Assert.IsGreaterThan(distance / 10, DistanceOf(0.9));
    }

    [TestMethod]
    public void Fit_Progress_TellsImagesPerSecond()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        List<TrainingProgress> reports = [];
        options.Progress = new ImmediateProgress(reports.Add);
        using var model = Train(options);

        foreach (TrainingProgress report in reports.Where(report => report.Done > 0))
        {
            Assert.AreEqual(report.Phase == TrainingPhase.TrainingHead, report.ImagesPerSecond == 0, $"{report.Phase}");
        }

        Assert.Contains(TrainingPhase.FineTuning, reports.Select(report => report.Phase));
    }

    [TestMethod]
    public void Fit_CacheOnDisk_GivesTheSameBitsAndLeavesNoFile()
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.ValidationFraction = 0.2;
        options.Augmentation = new() { ViewsPerImage = 1 };
        float[] inMemory = TunedWeights(options);
        options.FineTuning!.MaxCacheMemory = 0;
        options.FineTuning.CacheFolder = folder.Path;

        Assert.AreSequenceEqual(inMemory, TunedWeights(options));
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
        options.FineTuning.Optimizer = new SgdOptions { LearningRate = 1e30 };
        options.FineTuning.GradientClipNorm = 0;
        Assert.ThrowsExactly<InvalidOperationException>(() => Train(options));
        Assert.IsEmpty(Directory.GetFiles(folder.Path), "of a training that failed");
    }

    [TestMethod]
    public void Fit_BatchThatDoesNotFitIntoMemory_IsRefusedBeforeAnImageIsRead()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.FineTuning!.BatchSize = int.MaxValue;
        IDataView rows = _context.Data.LoadFromEnumerable<PathExample>([new() { Image = "missing.png", Label = "a" }, new() { Image = "missing.png", Label = "b" }]);

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows)).Message;

        Assert.Contains(" GB are available. Set FineTuning.MicroBatchSize to at most ", error);
    }

    [TestMethod]
    public void Fit_OnFeatures_IsRefused()
    {
        IDataView rows = TrainedModels.CreateRows(_context, 6);
        IDataView features = _context.Transforms.MobileNetV2("Features", "Image", MobileNetV2Weights.BundledSmall).Fit(rows).Transform(rows);
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.ImageColumnName = "Features";

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(features)).Message;

        Assert.AreEqual("FineTuning is set, but column 'Features' has features, so there is no backbone to train. Train on images, or leave FineTuning null.", error);
    }

    [TestMethod]
    public void Fit_TrainedBatchNormOfFoldedWeights_PutsItBackWhereItIsTrained()
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.Bundled);
        options.FineTuning!.BatchNorm = BatchNormHandling.Trained;
        using TemporaryFolder folder = new();
        using var model = Train(options);
        WeightsFile.Save(model.Weights!, folder.PathOf("weights.safetensors"));

        IReadOnlyDictionary<string, MobileNetV2.Weights.WeightTensor> tensors = model.Weights!.Checkpoint.Tensors;
        Assert.IsTrue(tensors.ContainsKey("features.18.1.running_var"));
        Assert.IsFalse(tensors.ContainsKey("features.18.0.bias"));
        Assert.IsTrue(tensors.ContainsKey("features.0.0.bias"));
        AssertSameFeatures(model.Weights, MobileNetV2Weights.FromFile(folder.PathOf("weights.safetensors")));
    }

    [TestMethod]
    public void Create_OptionsOutOfRange_NamesThemAll()
    {
        MobileNetV2TrainerOptions options = new()
        {
            FineTuning = new() { UnfrozenBlocks = 0, Epochs = 0, BatchSize = 0, LabelSmoothing = 1, LearningRateDecay = 2, GradientClipNorm = -1, WarmUpEpochs = double.NaN, MaxCacheMemory = -1, CacheFolder = string.Empty, MicroBatchSize = 0, AverageDecay = 1, MixUpAlpha = -1, CutMixAlpha = -1 },
        };

        string error = Assert.ThrowsExactly<ArgumentException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(options)).Message;

        foreach (string name in new[] { "UnfrozenBlocks", "Epochs", "BatchSize", "LabelSmoothing", "LearningRateDecay", "GradientClipNorm", "WarmUpEpochs", "MaxCacheMemory", "CacheFolder", "MicroBatchSize", "AverageDecay", "MixUpAlpha", "CutMixAlpha" })
        {
            Assert.Contains($"FineTuning.{name}", error);
        }
    }

    [TestMethod]
    public void FindLearningRate_WithFineTuning_SearchesForTheHead()
    {
        LearningRateCurve curve = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions(MobileNetV2Weights.BundledSmall))
            .FindLearningRate(TrainedModels.CreateRows(_context, RowCount), cancellationToken: TestContext.CancellationToken);

        Assert.IsGreaterThan(0, curve.SuggestedLearningRate);
    }

    private static MobileNetV2TrainerOptions CreateOptions(MobileNetV2Weights weights) => new()
    {
        Weights = weights,
        InputSize = TrainedModels.InputSize,
        Head = new() { Epochs = 5 },
        FineTuning = new() { UnfrozenBlocks = 2, Epochs = 3, BatchSize = 8 },
    };

    private static MobileNetV2TrainerOptions CreateCheckpointed(TemporaryFolder folder, string name)
    {
        MobileNetV2TrainerOptions options = CreateOptions(MobileNetV2Weights.BundledSmall);
        options.ValidationFraction = 0.2;
        options.FineTuning!.CheckpointPath = folder.PathOf(name);
        return options;
    }

    private static void AssertSameFeatures(MobileNetV2Weights expected, MobileNetV2Weights actual)
    {
        float[] FeaturesOf(MobileNetV2Weights weights)
        {
            using MobileNetV2Engine engine = new(new() { Weights = weights, InputSize = TrainedModels.InputSize });
            return engine.Run(TrainedModels.Source(0));
        }

        Assert.AreSequenceEqual(FeaturesOf(expected), FeaturesOf(actual));
    }

    private static void AssertClose(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        foreach ((float[] left, float[] right) in expected.Zip(actual))
        {
            Assert.IsLessThanOrEqualTo(SavedTolerance, left.Zip(right, (a, b) => Math.Abs(a - b)).Max());
        }
    }

    private float[] TunedWeights(MobileNetV2TrainerOptions options)
    {
        using var model = Train(options);
        return WeightsOf(model);
    }

    private static float[] WeightsOf(MobileNetV2PredictionTransformer model) =>
        [.. model.Weights!.Checkpoint.Require("features.18.0.weight").Values, .. model.Head.Layers[0].Weights.Span];

    private MobileNetV2PredictionTransformer Train(MobileNetV2TrainerOptions options) => TrainedModels.TrainMulticlass(_context, options);
}
