using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Calibration;

/// <summary>A calibrated model predicts the same labels with other probabilities, whatever runs it.</summary>
[TestClass]
public sealed class CalibrationTests
{
    private const double SavedTolerance = 1e-5;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Calibrate_MakesProbabilitiesLikelier_InEveryRuntime()
    {
        using TemporaryFolder folder = new();
        IDataView validation = CreateImages();
        using var model = TrainedModels.TrainMulticlass(_context);

        using var calibrated = model.Calibrate(validation);

        Assert.IsGreaterThan(1.2, calibrated.Temperature, "the model was sure of labels of which every fourth is another");
        Assert.AreEqual(1, model.Temperature);
        ClassificationEvaluation before = Evaluate(model, validation);
        ClassificationEvaluation after = Evaluate(calibrated, validation);
        Assert.AreEqual(before.Accuracy, after.Accuracy);
        Assert.AreSequenceEqual(before.Images.Select(image => image.Predicted.Label), after.Images.Select(image => image.Predicted.Label));
        Assert.IsLessThan(before.LogLoss, after.LogLoss);
        Assert.IsLessThan(before.CalibrationError, after.CalibrationError);

        _context.Model.Save(calibrated, validation.Schema, folder.PathOf("model.zip"));
        calibrated.SaveAsOnnx(folder.PathOf("model.onnx"));
        float[][] expected = ScoresOf(calibrated, validation);
        AssertNear(expected, ScoresOf(_context.Model.LoadStock(folder.PathOf("model.zip"), out _), validation));
        AssertNear(expected, ScoresOf(_context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _), validation));
        using ImageClassifier classifier = ImageClassifier.Load(folder.PathOf("model.zip"));
        AssertNear(expected, [.. Enumerable.Range(0, expected.Length).Select(row => ScoresOf(classifier, TrainedModels.Source(100 + row)))]);
        using PlainSession session = new(folder.PathOf("model.onnx"));
        AssertNear(expected[..1], [session.Run(RawImage.Decode(TrainedModels.Draw(100)))], 1e-4);
    }

    [TestMethod]
    public void Calibrate_OfALoadedPipeline_GivesTheSameAsBeforeSaving()
    {
        using TemporaryFolder folder = new();
        IDataView validation = CreateImages();
        using var pipeline = _context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions())
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(TrainedModels.CreateRows(_context));
        _context.Model.Save(pipeline, validation.Schema, folder.PathOf("model.zip"));
        float[][] expected = ScoresOf(_context.Model.Calibrate(pipeline, validation), validation);

        ITransformer calibrated = _context.Model.Calibrate(_context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _), validation);

        AssertNear(expected, ScoresOf(calibrated, validation));
        Assert.AreSequenceEqual(pipeline.Transform(validation).GetColumn<string>("PredictedLabel"), calibrated.Transform(validation).GetColumn<string>("PredictedLabel"));
        Assert.IsGreaterThan(0.01f, Math.Abs(ScoresOf(pipeline, validation)[0].Max() - expected[0].Max()));
    }

    [TestMethod]
    public void Calibrate_OfAModelOfFeatures_DividesItsLogits()
    {
        IDataView rows = CreateFeatures(switchEvery: 0);
        IDataView validation = CreateFeatures(switchEvery: 3);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(rows);

        using var calibrated = model.Calibrate(validation, "Number");

        Assert.AreNotEqual(1, calibrated.Temperature, 0.05);
        Assert.AreSequenceEqual(calibrated.Head.Predict([1, 0, 0.5f]), ScoresOf(calibrated, validation)[0]);
        foreach ((float[] before, float[] after) in ScoresOf(model, validation).Zip(ScoresOf(calibrated, validation)))
        {
            double[] powers = [.. before.Select(score => Math.Pow(score, 1 / calibrated.Temperature))];
            for (int i = 0; i < before.Length; i++)
            {
                Assert.AreEqual(powers[i] / powers.Sum(), after[i], 1e-4);
            }
        }
    }

    [TestMethod]
    public void Calibrate_OfALoadedModelOfFeatures_GivesTheSameAsBeforeSaving()
    {
        using TemporaryFolder folder = new();
        IDataView validation = CreateFeatures(switchEvery: 3);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(CreateFeatures(switchEvery: 0));
        using var expected = model.Calibrate(validation, "Number");
        _context.Model.Save(model, validation.Schema, folder.PathOf("model.zip"));

        ITransformer calibrated = _context.Model.Calibrate(_context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _), validation, "Number");

        AssertNear(ScoresOf(expected, validation), ScoresOf(calibrated, validation));
        Assert.AreNotEqual(1, expected.Temperature, 0.05);
    }

    [TestMethod]
    public void Calibrate_OfSeveralLabelsAndOfFlags_DividesTheirLogits()
    {
        IDataView rows = CreateFeatures(switchEvery: 0);
        IDataView validation = CreateFeatures(switchEvery: 3);
        using var multiLabel = _context.MulticlassClassification.Trainers
            .MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features", LabelColumnName = "Flags", LabelMode = LabelMode.MultiLabel }).Fit(rows);
        using var binary = _context.BinaryClassification.Trainers.MobileNetV2("Flag", "Features").Fit(rows);

        using var calibratedLabels = multiLabel.Calibrate(validation, "Flags");
        using var calibratedFlag = binary.Calibrate(validation, "Flag");

        Assert.AreNotEqual(1, calibratedLabels.Temperature, 0.05);
        Assert.AreSequenceEqual(
            multiLabel.Transform(rows).GetColumn<bool[]>("PredictedLabel").SelectMany(row => row),
            calibratedLabels.Transform(rows).GetColumn<bool[]>("PredictedLabel").SelectMany(row => row));
        Assert.AreNotEqual(1, calibratedFlag.Temperature, 0.05);
        foreach ((float before, float after) in binary.Transform(rows).GetColumn<float>("Score").Zip(calibratedFlag.Transform(rows).GetColumn<float>("Score")))
        {
            Assert.AreEqual(before / calibratedFlag.Temperature, after, 1e-4);
        }
    }

    [TestMethod]
    public void Calibrate_Twice_ChangesNothingMore()
    {
        IDataView validation = CreateFeatures(switchEvery: 3);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(CreateFeatures(switchEvery: 0));
        using var once = model.Calibrate(validation, "Number");

        using var twice = once.Calibrate(validation, "Number");

        Assert.AreEqual(once.Temperature, twice.Temperature, 1e-3);
    }

    [TestMethod]
    public void Calibrate_OfWhatHasNoProbabilities_SaysWhy()
    {
        IDataView rows = CreateFeatures(switchEvery: 0);
        using var regression = _context.Regression.Trainers.MobileNetV2("Weight", "Features").Fit(rows);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(rows);
        ITransformer other = _context.Transforms.CopyColumns("Copy", "Features").Fit(rows);

        Assert.Contains("so its scores are no probabilities", Assert.ThrowsExactly<InvalidOperationException>(() => regression.Calibrate(rows, "Weight")).Message);
        Assert.StartsWith("The model has 0 heads of this library", Assert.ThrowsExactly<ArgumentException>(() => _context.Model.Calibrate(other, rows)).Message);
        Assert.StartsWith(
            "There is no row to calibrate on",
            Assert.ThrowsExactly<InvalidOperationException>(() => model.Calibrate(_context.Data.FilterRowsByColumn(rows, "Weight", 1000), "Number")).Message);
        Assert.AreEqual(
            "Row 0, column 'Index': the label '0' is none of the 3 classes of the model.",
            Assert.ThrowsExactly<InvalidOperationException>(() => model.Calibrate(rows, "Index")).Message);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Calibrate(rows, "None"));
    }

    [TestMethod]
    [DataRow("Weight", "Single")]
    [DataRow("Name", "String")]
    [DataRow("Flag", "Boolean")]
    [DataRow("KeyOfName", "Key<UInt32, 0-2> with values of type String")]
    public void Calibrate_OnLabelsOfAnotherTypeThanThoseOfTheModel_IsRefused(string labels, string type)
    {
        IDataView rows = CreateFeatures(switchEvery: 0);
        rows = _context.Transforms.Conversion.MapValueToKey("KeyOfName", "Name").Fit(rows).Transform(rows);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(rows);

        string[] messages =
        [
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => model.Calibrate(rows, labels)).Message,
            Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.Model.Calibrate(model, rows, labels)).Message,
        ];

        foreach (string message in messages)
        {
            Assert.StartsWith($"Schema mismatch for label column '{labels}': expected Key<UInt32, 0-2> with values of type Int32 or its values, got {type}", message);
        }
    }

    [TestMethod]
    public void Calibrate_OnKeysOfTheLabels_IsTheSameAsOnTheLabels()
    {
        IDataView rows = CreateFeatures(switchEvery: 3);
        rows = _context.Transforms.Conversion.MapValueToKey("Key", "Number").Fit(rows).Transform(rows);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Number", "Features").Fit(CreateFeatures(switchEvery: 0));

        using var onKeys = model.Calibrate(rows, "Key");
        using var onNumbers = model.Calibrate(rows, "Number");

        Assert.AreEqual(onNumbers.Temperature, onKeys.Temperature);
    }

    [TestMethod]
    public void Calibrate_OnKeysWithoutValues_AsTheModelWasTrainedOn_Works()
    {
        IDataView rows = CreateFeatures(switchEvery: 3);
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2("Plain", "Features").Fit(CreateFeatures(switchEvery: 0));

        using var calibrated = model.Calibrate(rows, "Plain");

        Assert.AreNotEqual(1, calibrated.Temperature, 0.05);
    }

    [TestMethod]
    [DataRow(false, false)]
    [DataRow(false, true, DisplayName = "the calibrated one first")]
    [DataRow(true, false, DisplayName = "loaded")]
    [DataRow(true, true, DisplayName = "loaded, the calibrated one first")]
    public void Dispose_OfTheModelOrOfTheCalibratedOne_LeavesTheOther(bool isLoaded, bool isCalibratedFirst)
    {
        IDataView rows = CreateScenes();
        ITransformer fitted = _context.MulticlassClassification.Trainers
            .MobileNetV2(new MobileNetV2TrainerOptions { InputSize = TrainedModels.InputSize, LabelColumnName = "Flags", LabelMode = LabelMode.MultiLabel }).Fit(rows);
        ITransformer model = isLoaded ? Reload((IDisposable)fitted, rows) : fitted;
        ITransformer calibrated = _context.Model.Calibrate(model, rows, "Flags");

        ((IDisposable)(isCalibratedFirst ? calibrated : model)).Dispose();

        ITransformer rest = isCalibratedFirst ? model : calibrated;
        Assert.HasCount(12, rest.Transform(rows).GetColumn<bool[]>("PredictedLabel").ToArray());
        ((IDisposable)rest).Dispose();
    }

    [TestMethod]
    public void Dispose_OfAModelOfFeatures_LeavesTheOneWithAFeaturizer()
    {
        IDataView rows = CreateScenes();
        using var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize }).Fit(rows);
        var onFeatures = _context.MulticlassClassification.Trainers
            .MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features", LabelColumnName = "Flags", LabelMode = LabelMode.MultiLabel })
            .Fit(featurizer.Transform(rows));
        using var onImages = onFeatures.WithFeaturizer(featurizer);

        onFeatures.Dispose();

        Assert.HasCount(12, onImages.Transform(rows).GetColumn<bool[]>("PredictedLabel").ToArray());
    }

    private IDataView CreateScenes() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(index => new Scene
    {
        Image = TrainedModels.Draw(index),
        Flags = [index % 2 == 0, index % 3 == 0],
    }).ToArray());

    /// <summary>Saves and disposes a model, and loads it again.</summary>
    private ITransformer Reload(IDisposable fitted, IDataView rows)
    {
        using MemoryStream stream = new();
        using (fitted)
        {
            _context.Model.Save((ITransformer)fitted, rows.Schema, stream);
        }

        stream.Position = 0;
        return _context.Model.LoadWithMobileNetV2(stream, out _);
    }

    private static ClassificationEvaluation Evaluate(MobileNetV2PredictionTransformer model, IDataView rows) => ClassificationEvaluation.Create(
        rows.GetColumn<string>("Label").Zip(ScoresOf(model, rows), (label, scores) => new ScoredImage(label, label, scores)), model.ClassNames);

    private static float[][] ScoresOf(ITransformer model, IDataView rows) => [.. model.Transform(rows).GetColumn<float[]>("Score")];

    private static float[] ScoresOf(ImageClassifier classifier, ImageSource image)
    {
        IReadOnlyList<ClassScore> scores = classifier.Predict(image).Scores;
        return [.. classifier.Classes.Select(name => scores.Single(score => score.Label == name).Score)];
    }

    private static void AssertNear(float[][] expected, float[][] actual, double tolerance = SavedTolerance)
    {
        Assert.HasCount(expected.Length, actual);
        foreach ((float first, float second) in expected.SelectMany(row => row).Zip(actual.SelectMany(row => row)))
        {
            Assert.AreEqual(first, second, tolerance);
        }
    }

    /// <summary>Images that the model was not trained on, every fourth with the label of another.</summary>
    private IDataView CreateImages() => _context.Data.LoadFromEnumerable(Enumerable.Range(100, 24).Select(index => new TrainedModels.LabeledImage
    {
        Image = TrainedModels.Draw(index),
        Label = TrainedModels.LabelOf(index % 4 == 0 ? index + 1 : index),
    }).ToArray());

    private IDataView CreateFeatures(int switchEvery) => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 60).Select(index =>
    {
        int shown = index % 3;
        int number = switchEvery > 0 && index % switchEvery == 1 ? (shown + 1) % 3 : shown;
        return new Row
        {
            Features = [shown == 0 ? 1 : 0, shown == 1 ? 1 : 0, 0.5f + (index / 3 % 5 * 0.01f)],
            Number = number + 5,
            Index = number,
            Name = $"class {number}",
            Plain = (uint)number,
            Flags = [number == 0, number == 1],
            Flag = number == 2,
            Weight = number,
        };
    }).ToArray());

    private sealed class Scene
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public int Number { get; set; }

        public int Index { get; set; }

        public string Name { get; set; } = string.Empty;

        [KeyType(3)]
        public uint Plain { get; set; }

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public bool Flag { get; set; }

        public float Weight { get; set; }
    }
}
