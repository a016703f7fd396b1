using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>An exported model in a plain session gives what the model gives.</summary>
[TestClass]
public sealed class SaveAsOnnxTests
{
    /// <summary>What issue and documentation promise for scores on the same pixels.</summary>
    private const double ScoreTolerance = 1e-4;

    private static readonly (int Width, int Height)[] Sizes = [(200, 120), (90, 210), (12, 9), (TrainedModels.InputSize, TrainedModels.InputSize)];

    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(ImageResizeMode.CenterCrop)]
    [DataRow(ImageResizeMode.Stretch)]
    [DataRow(ImageResizeMode.Pad)]
    public void Multiclass_GivesScoresAndLabels(ImageResizeMode resize)
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context, TrainedModels.CreateOptions(resize));

        model.SaveAsOnnx(folder.PathOf("model.onnx"));

        using ImageClassifier expected = _context.Model.CreateImageClassifier(model);
        using PlainSession session = new(folder.PathOf("model.onnx"));
        Assert.AreSequenceEqual(["scores", "labels", "predicted_label"], session.OutputNames);
        foreach ((int width, int height) in Sizes)
        {
            RawImage raw = RawImage.Decode(TrainedModels.Draw(1, width, height));
            using MLImage image = raw.ToImage();
            Assert.AreSequenceEqual(TrainedModels.Classes, session.Run<string>(raw, "labels"));
            float[] scores = session.Run(raw);
            ImagePrediction prediction = expected.Predict(ImageSource.FromImage(image));
            Assert.AreSequenceEqual([prediction.Best.Label], session.Run<string>(raw, "predicted_label"));
            foreach (ClassScore score in prediction.Scores)
            {
                Assert.AreEqual(score.Score, scores[Array.IndexOf(TrainedModels.Classes, score.Label)], ScoreTolerance);
            }
        }
    }

    [TestMethod]
    public void Metadata_NameClassesPreprocessingAndLicense()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context, TrainedModels.CreateOptions(ImageResizeMode.Pad));

        model.SaveAsOnnx(folder.PathOf("model.onnx"));

        using PlainSession session = new(folder.PathOf("model.onnx"));
        Assert.AreEqual("""["few","many","some"]""", session.Metadata["class_names"]);
        Assert.AreEqual("Pad", session.Metadata["resize"]);
        Assert.AreEqual("64", session.Metadata["input_size"]);
        Assert.AreEqual(MobileNetV2Weights.Bundled.Description.License, session.Metadata["license"]);
        Assert.AreEqual(MobileNetV2Weights.Bundled.Description.Attribution, session.Metadata["attribution"]);
        Assert.AreSequenceEqual(["model.onnx"], folder.FileNames());
    }

    [TestMethod]
    public void BinaryAndRegression_GiveTheColumnsOfTheModel()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(index => new NumberedImage
        {
            Image = TrainedModels.Draw(index),
            IsMany = TrainedModels.LabelOf(index) == "many",
            Discs = TrainedModels.DiscCount(index),
        }).ToArray());
        MobileNetV2TrainerOptions binaryOptions = new() { InputSize = TrainedModels.InputSize, LabelColumnName = nameof(NumberedImage.IsMany) };
        MobileNetV2TrainerOptions regressionOptions = new() { InputSize = TrainedModels.InputSize, LabelColumnName = nameof(NumberedImage.Discs) };
        using var binary = _context.BinaryClassification.Trainers.MobileNetV2(binaryOptions).Fit(rows);
        using var regression = _context.Regression.Trainers.MobileNetV2(regressionOptions).Fit(rows);

        binary.SaveAsOnnx(folder.PathOf("binary.onnx"));
        regression.SaveAsOnnx(folder.PathOf("regression.onnx"));

        using PlainSession binarySession = new(folder.PathOf("binary.onnx"));
        using PlainSession regressionSession = new(folder.PathOf("regression.onnx"));
        RawImage image = RawImage.Decode(TrainedModels.Draw(2));
        Assert.AreEqual(binary.Transform(rows).GetColumn<float>("Score").ElementAt(2), binarySession.Run(image)[0], ScoreTolerance);
        Assert.AreEqual(binary.Transform(rows).GetColumn<float>("Probability").ElementAt(2), binarySession.Run(image, "probability")[0], ScoreTolerance);
        Assert.AreSequenceEqual(["scores", "probability", "predicted_label"], binarySession.OutputNames);
        foreach ((bool isMany, int index) in binary.Transform(rows).GetColumn<bool>("PredictedLabel").Select((isMany, index) => (isMany, index)))
        {
            Assert.AreSequenceEqual([isMany], binarySession.Run<bool>(RawImage.Decode(TrainedModels.Draw(index)), "predicted_label"));
        }

        float expected = regression.Transform(rows).GetColumn<float>("Score").ElementAt(2);
        Assert.AreEqual(expected, regressionSession.Run(image)[0], ScoreTolerance * Math.Max(1, Math.Abs(expected)));
        Assert.AreSequenceEqual(["scores"], regressionSession.OutputNames);
    }

    [TestMethod]
    public void SeveralLabels_HaveNoPredictedLabel()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(index => new FlaggedImage
        {
            Image = TrainedModels.Draw(index),
            Flags = [index % 2 == 0, index % 3 == 0],
        }).ToArray());
        MobileNetV2TrainerOptions options = new() { InputSize = TrainedModels.InputSize, LabelColumnName = nameof(FlaggedImage.Flags), LabelMode = LabelMode.MultiLabel };
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);

        model.SaveAsOnnx(folder.PathOf("model.onnx"));

        using PlainSession session = new(folder.PathOf("model.onnx"));
        Assert.AreSequenceEqual(["scores", "labels"], session.OutputNames);
    }

    [TestMethod]
    public void ALoadedClassifier_WritesTheSameFile()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context);
        _context.Model.Save(model, TrainedModels.CreateRows(_context, 1).Schema, folder.PathOf("model.zip"));
        using ImageClassifier classifier = ImageClassifier.Load(folder.PathOf("model.zip"));

        model.SaveAsOnnx(folder.PathOf("trained.onnx"));
        classifier.SaveAsOnnx(folder.PathOf("loaded.onnx"));

        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("trained.onnx")), File.ReadAllBytes(folder.PathOf("loaded.onnx")));
    }

    [TestMethod]
    public void ABadPath_IsRefusedAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context);

        Assert.Contains("its folder does not exist", Assert.ThrowsExactly<DirectoryNotFoundException>(() => model.SaveAsOnnx(folder.PathOf("no", "model.onnx"))).Message);
        Assert.Contains("is a folder", Assert.ThrowsExactly<IOException>(() => model.SaveAsOnnx(folder.Path)).Message);
        Assert.ThrowsExactly<ArgumentException>(() => model.SaveAsOnnx(string.Empty));
        Assert.IsEmpty(folder.FileNames());
    }

    [TestMethod]
    public void AModelOfFeatures_WithItsFeaturizer_GivesScoresAndLabels()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        using var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize }).Fit(rows);
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.ImageColumnName = "Features";
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(featurizer.Transform(rows));

        model.SaveAsOnnx(folder.PathOf("model.onnx"), featurizer);

        using PlainSession session = new(folder.PathOf("model.onnx"));
        RawImage raw = RawImage.Decode(TrainedModels.Draw(1));
        Assert.AreSequenceEqual(TrainedModels.Classes, session.Run<string>(raw, "labels"));
        float[] expected = model.Transform(featurizer.Transform(rows)).GetColumn<float[]>("Score").ElementAt(1);
        foreach ((float expectedScore, float actualScore) in expected.Zip(session.Run(raw)))
        {
            Assert.AreEqual(expectedScore, actualScore, ScoreTolerance);
        }
    }

    [TestMethod]
    public void AFeaturizerThatDoesNotFit_IsRefused()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, 6);
        using var images = TrainedModels.TrainMulticlass(_context);
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        using var wider = _context.Transforms.MobileNetV2("Features", "Image", SyntheticNetwork.Create(1.4f)).Fit(rows);
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.ImageColumnName = "Features";
        using var features = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(featurizer.Transform(rows));

        string tooMuch = Assert.ThrowsExactly<InvalidOperationException>(() => images.SaveAsOnnx(folder.PathOf("model.onnx"), featurizer)).Message;
        string other = Assert.ThrowsExactly<ArgumentException>(() => features.SaveAsOnnx(folder.PathOf("model.onnx"), wider)).Message;

        Assert.Contains("holds its network; leave the featurizer out", tooMuch);
        Assert.Contains("The featurizer gives Features of shape (1792); the model takes 1280 features.", other);
        Assert.IsEmpty(folder.FileNames());
    }

    [TestMethod]
    public void AModelOfFeaturesAlone_IsRefused()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, 6);
        using var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize }).Fit(rows);
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.ImageColumnName = "Features";
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(featurizer.Transform(rows));

        Assert.Contains("trained on a column of features", Assert.ThrowsExactly<InvalidOperationException>(() => model.SaveAsOnnx(folder.PathOf("model.onnx"))).Message);
        Assert.ThrowsExactly<ArgumentException>(() => _context.Model.CreateImageClassifier(model));
    }

    private sealed class FlaggedImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];
    }

    private sealed class NumberedImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public bool IsMany { get; set; }

        public float Discs { get; set; }
    }
}
