using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Training that goes on from a trained model, with the same classes or others.</summary>
[TestClass]
public sealed class InitialModelTests
{
    /// <summary>Weights that are scaled for the training and back, and steps that are far too small to matter.</summary>
    private const double StillTolerance = 1e-4;

    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow("as fitted")]
    [DataRow("Model.Load")]
    [DataRow("Model.LoadWithMobileNetV2")]
    public void Fit_FromAPipeline_StartsWhereItStood(string way)
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions(ImageResizeMode.Pad)))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        var trained = pipeline.Fit(rows);
        _context.Model.Save(trained, rows.Schema, folder.PathOf("model.zip"));
        ITransformer initial = way switch
        {
            "Model.Load" => _context.Model.LoadStock(folder.PathOf("model.zip"), out _),
            "Model.LoadWithMobileNetV2" => _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _),
            _ => trained,
        };

        using var model = Continue(initial).Fit(rows);

        AssertClose(trained.Transform(rows).GetColumn<float[]>("Score"), Reordered(model, rows, ["few", "some", "many"]));
    }

    [TestMethod]
    public void Fit_OnTheSameClasses_GoesOnLearning()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        using var initial = TrainedModels.TrainMulticlass(_context);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            InitialModel = initial,
            Head = new HeadTrainerOptions { Epochs = 10 },
        }).Fit(rows);

        Assert.IsLessThan(initial.History.Epochs[^1].Training.Loss, model.History.Epochs[^1].Training.Loss);
        Assert.IsLessThan(initial.History.Epochs[0].Training.Loss, model.History.Epochs[0].Training.Loss, "it does not start anew");
    }

    [TestMethod]
    public void Fit_WithAClassAddedAndOneRemoved_KeepsTheWeightsOfTheOthers()
    {
        using var initial = TrainedModels.TrainMulticlass(_context);
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(index => new TrainedModels.LabeledImage
        {
            Image = TrainedModels.Draw(index),
            Label = TrainedModels.LabelOf(index) == "few" ? "hardly any" : TrainedModels.LabelOf(index),
        }).ToArray());

        using var model = Continue(initial).Fit(rows);

        Assert.AreSequenceEqual(["hardly any", "many", "some"], model.ClassNames);
        foreach (string kept in new[] { "many", "some" })
        {
            AssertClose([WeightsOf(initial, kept)], [WeightsOf(model, kept)]);
        }

        float[] mean = [.. Enumerable.Range(0, initial.Head.InputCount).Select(index => initial.ClassNames.Average(name => WeightsOf(initial, name)[index]))];
        AssertClose([mean], [WeightsOf(model, "hardly any")]);
    }

    [TestMethod]
    public void Fit_OnAKeyWithAllClasses_DropsNone()
    {
        using var initial = TrainedModels.TrainMulticlass(_context);
        IDataView rows = TrainedModels.CreateRows(_context);
        IDataView keys = _context.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);
        IDataView withoutMany = _context.Data.FilterByCustomPredicate<LabelKey>(keys, row => row.Label == LabelKey.Many);

        using var model = Continue(initial).Fit(withoutMany);

        Assert.HasCount(16, withoutMany.GetColumn<uint>("Label"));
        Assert.AreSequenceEqual(["few", "some", "many"], model.ClassNames);
    }

    [TestMethod]
    public void Fit_KeepsHiddenLayersAndTheNetwork()
    {
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions(ImageResizeMode.Stretch);
        options.Weights = SyntheticNetwork.Create(0.5f);
        options.Head!.Layers = [new DenseLayerOptions { Units = 16, Activation = HeadActivation.Swish }, new DenseLayerOptions()];
        IDataView rows = TrainedModels.CreateRows(_context);
        using var initial = TrainedModels.TrainMulticlass(_context, options);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = initial }).Fit(rows);

        Assert.AreSequenceEqual(["16 Swish", "3 Softmax"], model.Head.Layers.Select(layer => $"{layer.UnitCount} {layer.Activation}"));
        using ImageClassifier classifier = _context.Model.CreateImageClassifier(model);
        Assert.AreEqual(TrainedModels.InputSize, classifier.Preprocessing.InputSize);
        Assert.AreEqual(ImageResizeMode.Stretch, classifier.Preprocessing.Resize);
        Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(
            _context.Transforms.Conversion.MapValueToKey("LabelKey", "Label", keyOrdinality: Microsoft.ML.Transforms.ValueToKeyMappingEstimator.KeyOrdinality.ByValue)
                .Fit(rows).Transform(model.Transform(rows)), "LabelKey").MicroAccuracy);
    }

    [TestMethod]
    public void Fit_OnReadyFeatures_StartsWhereItStood()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(CreateFeatures());
        MobileNetV2TrainerOptions options = new() { ImageColumnName = "Features" };
        using var initial = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);
        _context.Model.Save(initial, rows.Schema, folder.PathOf("head.zip"));

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            ImageColumnName = "Features",
            InitialModel = _context.Model.LoadStock(folder.PathOf("head.zip"), out _),
            Head = Still(),
        }).Fit(rows);

        AssertClose(initial.Transform(rows).GetColumn<float[]>("Score"), model.Transform(rows).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void Fit_OfTheOtherTasks_StartsWhereItStood()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(CreateFeatures());
        MobileNetV2TrainerOptions Options(string label, HeadTrainerOptions? head, ITransformer? initial = null) => new()
        {
            ImageColumnName = "Features",
            LabelColumnName = label,
            LabelMode = label == "Flags" ? LabelMode.MultiLabel : LabelMode.SingleLabel,
            Head = head,
            InitialModel = initial,
        };
        HeadTrainerOptions binaryHead = Still();
        binaryHead.Loss = HeadLoss.BinaryCrossEntropy;
        HeadTrainerOptions regressionHead = Still();
        regressionHead.Loss = HeadLoss.MeanSquaredError;

        using var binary = _context.BinaryClassification.Trainers.MobileNetV2(Options("Flag", null)).Fit(rows);
        using var binaryModel = _context.BinaryClassification.Trainers.MobileNetV2(Options("Flag", binaryHead, binary)).Fit(rows);
        using var regression = _context.Regression.Trainers.MobileNetV2(Options("Number", null)).Fit(rows);
        using var regressionModel = _context.Regression.Trainers.MobileNetV2(Options("Number", regressionHead, regression)).Fit(rows);
        using var labels = _context.MulticlassClassification.Trainers.MobileNetV2(Options("Flags", null)).Fit(rows);
        using var labelsModel = _context.MulticlassClassification.Trainers.MobileNetV2(Options("Flags", binaryHead, labels)).Fit(rows);

        AssertClose([[.. binary.Transform(rows).GetColumn<float>("Score")]], [[.. binaryModel.Transform(rows).GetColumn<float>("Score")]]);
        AssertClose([[.. regression.Transform(rows).GetColumn<float>("Score")]], [[.. regressionModel.Transform(rows).GetColumn<float>("Score")]]);
        AssertClose(labels.Transform(rows).GetColumn<float[]>("Score"), labelsModel.Transform(rows).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void Fit_FromAModelOfAnotherKind_SaysSo()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(CreateFeatures());
        using var initial = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features" }).Fit(rows);
        using var binary = _context.BinaryClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features", LabelColumnName = "Flag" }).Fit(rows);
        MobileNetV2TrainerOptions Options(string label, ITransformer model) => new() { ImageColumnName = "Features", LabelColumnName = label, InitialModel = model };

        using var regression = _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features", LabelColumnName = "Number" }).Fit(rows);

        string toBinary = Error(() => _context.BinaryClassification.Trainers.MobileNetV2(Options("Flag", initial)).Fit(rows));
        string toRegression = Error(() => _context.Regression.Trainers.MobileNetV2(Options("Number", initial)).Fit(rows));
        string otherClasses = Error(() => _context.MulticlassClassification.Trainers.MobileNetV2(Options("Flag", initial)).Fit(rows));
        string binaryToRegression = Error(() => _context.Regression.Trainers.MobileNetV2(Options("Number", binary)).Fit(rows));
        string regressionToBinary = Error(() => _context.BinaryClassification.Trainers.MobileNetV2(Options("Flag", regression)).Fit(rows));
        MobileNetV2TrainerOptions severalLabels = Options("Flags", initial);
        severalLabels.LabelMode = LabelMode.MultiLabel;
        string toLabels = Error(() => _context.MulticlassClassification.Trainers.MobileNetV2(severalLabels).Fit(rows));

        Assert.AreEqual("The initial model was trained for multiclass; these labels are for binary.", toBinary);
        Assert.AreEqual("The initial model was trained for multiclass; these labels are for regression.", toRegression);
        Assert.AreEqual("The initial model knows none of the 2 classes (False, True); it knows few, many, some.", otherClasses);
        Assert.AreEqual("The initial model was trained for binary; these labels are for regression.", binaryToRegression);
        Assert.AreEqual("The initial model was trained for regression; these labels are for binary.", regressionToBinary);
        Assert.AreEqual("The initial model was trained for multiclass; these labels are for multi-label.", toLabels);
    }

    [TestMethod]
    public void Fit_FromAHeadWithAnotherLoss_GoesOnWithIt()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(CreateFeatures());
        MobileNetV2TrainerOptions options = new() { ImageColumnName = "Features", Head = new HeadTrainerOptions { Loss = HeadLoss.BinaryCrossEntropy } };
        using var initial = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(
            new MobileNetV2TrainerOptions { ImageColumnName = "Features", InitialModel = initial }).Fit(rows);

        Assert.AreEqual(HeadActivation.Sigmoid, model.Head.Layers[^1].Activation);
        Assert.IsLessThan(initial.History.Epochs[0].Training.Loss, model.History.Epochs[0].Training.Loss, "it does not start anew");
    }

    [TestMethod]
    public void Fit_FromAModelOfFeatures_OnImages_AsksForTheNetwork()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.5f);
        using var featurizer = _context.Transforms.MobileNetV2(
            new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize, Weights = weights }).Fit(rows);
        using var initial = _context.MulticlassClassification.Trainers.MobileNetV2(
            new MobileNetV2TrainerOptions { ImageColumnName = "Features" }).Fit(featurizer.Transform(rows));

        string error = Error(() => Continue(initial).Fit(rows));
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            InitialModel = initial,
            Weights = weights,
            InputSize = TrainedModels.InputSize,
            Head = Still(),
        }).Fit(rows);

        Assert.Contains("does not say which network made them. Set Weights", error);
        AssertClose(initial.Transform(featurizer.Transform(rows)).GetColumn<float[]>("Score"), model.Transform(rows).GetColumn<float[]>("Score"));
    }

    [TestMethod]
    public void Trainer_WithAModelWithoutHead_SaysWhatItNeeds()
    {
        IDataView rows = TrainedModels.CreateRows(_context, 3);
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);

        string error = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = featurizer }).Fit(rows)).Message;

        Assert.StartsWith("InitialModel has 0 heads that this library trained; expected one", error);
    }

    [TestMethod]
    public void Trainer_WithTwoHeads_SaysSo()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(CreateFeatures());
        using var first = _context.Regression.Trainers.MobileNetV2(
            new MobileNetV2TrainerOptions { ImageColumnName = "Features", LabelColumnName = "Number", ScoreColumnName = "First" }).Fit(rows);
        using var second = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features" }).Fit(rows);

        string error = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = new TransformerChain<ITransformer>(first, second) }).Fit(rows)).Message;

        Assert.StartsWith("InitialModel has 2 heads that this library trained; expected one", error);
    }

    [TestMethod]
    public void Trainer_WithAPipelineThatCannotBeSaved_SaysSo()
    {
        IDataView rows = TrainedModels.CreateRows(_context, 6);
        using var initial = TrainedModels.TrainMulticlass(_context);
        ITransformer nameless = _context.Transforms.CustomMapping<TrainedModels.LabeledImage, LabelKey>((_, _) => { }, contractName: null).Fit(rows);

        string error = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = new TransformerChain<ITransformer>(nameless, initial) }).Fit(rows)).Message;

        Assert.StartsWith("InitialModel has a part that cannot be saved; hand over the part with the trainer alone.", error);
    }

    [TestMethod]
    public void Trainer_WithAModelAndAnotherNetwork_IsRefused()
    {
        using var initial = TrainedModels.TrainMulticlass(_context);

        string error = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = initial, InputSize = 96 }).Fit(TrainedModels.CreateRows(_context, 3))).Message;

        Assert.Contains("Weights, InputSize and Resize come from InitialModel; leave them null.", error);
    }

    [TestMethod]
    public void Fit_FromAModelOfAnotherNetworksFeatures_SaysSo()
    {
        using var initial = _context.MulticlassClassification.Trainers.MobileNetV2(
            new MobileNetV2TrainerOptions { ImageColumnName = "Features" }).Fit(_context.Data.LoadFromEnumerable(CreateFeatures()));
        MobileNetV2TrainerOptions options = new() { InitialModel = initial, Weights = MobileNetV2Weights.Bundled, InputSize = TrainedModels.InputSize };

        string error = Error(() => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(TrainedModels.CreateRows(_context, 3)));

        Assert.Contains("features, but the rows have 1280: it was trained on the features of another network.", error);
    }

    /// <summary>Trains without moving: what comes out is what it started from.</summary>
    private static HeadTrainerOptions Still() => new() { Epochs = 1, Optimizer = new SgdOptions { LearningRate = 1e-12 } };

    private static string Error(Action action) => Assert.ThrowsExactly<InvalidOperationException>(action).Message;

    private static float[] WeightsOf(MobileNetV2PredictionTransformer model, string className)
    {
        DenseLayer last = model.Head.Layers[^1];
        return last.Weights.Slice(model.ClassNames.ToList().IndexOf(className) * last.InputCount, last.InputCount).ToArray();
    }

    private static IEnumerable<float[]> Reordered(MobileNetV2PredictionTransformer model, IDataView rows, string[] classes)
    {
        int[] order = [.. classes.Select(name => model.ClassNames.ToList().IndexOf(name))];
        return model.Transform(rows).GetColumn<float[]>("Score").Select(scores => order.Select(index => scores[index]).ToArray());
    }

    private static void AssertClose(IEnumerable<float[]> expected, IEnumerable<float[]> actual)
    {
        float[] expectedValues = [.. expected.SelectMany(row => row)];
        float[] actualValues = [.. actual.SelectMany(row => row)];
        Assert.HasCount(expectedValues.Length, actualValues);
        for (int i = 0; i < expectedValues.Length; i++)
        {
            Assert.AreEqual(expectedValues[i], actualValues[i], StillTolerance * Math.Max(1, Math.Abs(expectedValues[i])));
        }
    }

    private static FeatureExample[] CreateFeatures()
    {
        Random random = new(7);
        return [.. Enumerable.Range(0, 30).Select(index => new FeatureExample
        {
            Features = [.. Enumerable.Range(0, FeatureExample.Count).Select(slot => random.NextSingle() + (slot == index % 3 ? 1 : 0))],
            Label = TrainedModels.LabelOf(index),
            Flag = index % 3 == 0,
            Number = index % 3,
            Flags = [index % 3 == 0, index % 2 == 0],
        })];
    }

    private MobileNetV2Trainer Continue(ITransformer initial) =>
        _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InitialModel = initial, Head = Still() });

    private sealed class LabelKey
    {
        /// <summary>The third key: classes of .NET count keys from 0.</summary>
        public const uint Many = 2;

        [KeyType(3)]
        public uint Label { get; set; }
    }

    private sealed class FeatureExample
    {
        public const int Count = 8;

        [VectorType(Count)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;

        public bool Flag { get; set; }

        public float Number { get; set; }

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }
}
