using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Trainers;
using Microsoft.ML.Trainers.LightGbm;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.OnnxExport;

/// <summary>One ONNX file of a whole pipeline gives in ONNX Runtime what the pipeline gives in ML.NET, from the pixels on.</summary>
[TestClass]
public sealed class PipelineExportTests
{
    /// <summary>The largest difference of scores that the documentation promises.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Exponential functions, and division by the spread of features that hardly vary, amplify the last bits in which two runtimes differ.</summary>
    private const double AmplifiedTolerance = 1e-4;

    private const int ImageCount = 24;

    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(nameof(LbfgsMaximumEntropyMulticlassTrainer))]
    [DataRow(nameof(SdcaMaximumEntropyMulticlassTrainer))]
    [DataRow(nameof(LightGbmMulticlassTrainer))]
    [DataRow(nameof(OneVersusAllTrainer))]
    [DataRow("OneVersusAllTrainer of FastTree")]
    [DataRow("OneVersusAllTrainer of FastForest, not calibrated")]
    public void StockTrainers_GiveScoresLabelsAndPrediction(string trainer)
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, ImageCount);
        using var model = Pipeline(Trainer(trainer)).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        AssertEqual(model, rows, folder.PathOf("model.onnx"));
        Assert.AreSequenceEqual(["model.onnx"], folder.FileNames());
    }

    [TestMethod]
    public void StepsBetween_ArePartOfTheFile()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, ImageCount);
        using var model = Pipeline(_context.Transforms.NormalizeMinMax("Scaled", "Features")
            .Append(_context.Transforms.NormalizeMeanVariance("Features"))
            .Append(_context.Transforms.ProjectToPrincipalComponents("Projected", "Features", rank: 4))
            .Append(_context.Transforms.Concatenate("Features", "Projected", "Scaled"))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        AssertEqual(model, rows, folder.PathOf("model.onnx"), tolerance: AmplifiedTolerance);
    }

    [TestMethod]
    public void StepsThatMakeTheImages_AreRefused()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 6).Select(seed => new LabeledImage(folder.Write($"{seed}.png", DiscImages.Draw(seed)), seed % 2 == 0 ? "even" : "odd")).ToArray());
        using var model = _context.Transforms.LoadImages("Loaded", string.Empty, "Image")
            .Append(_context.Transforms.ResizeImages("Small", 48, 48, "Loaded"))
            .Append(_context.Transforms.MobileNetV2("Features", "Small"))
            .Append(_context.Transforms.Conversion.MapValueToKey("Label"))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(rows);

        NotSupportedException error = Assert.ThrowsExactly<NotSupportedException>(() => _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx")));

        Assert.Contains("its step ResizeImages writes the column 'Small', which the network takes", error.Message);
        Assert.IsFalse(File.Exists(folder.PathOf("model.onnx")));
    }

    [TestMethod]
    public void StepsThatTheScoresDoNotDependOn_AreLeftOut()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, ImageCount);
        using var model = _context.Transforms.CustomMapping<ImageIn, LengthOut>((input, output) => output.Length = input.Image.Length, "Length")
            .Append(Pipeline(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        AssertEqual(model, rows, folder.PathOf("model.onnx"));
    }

    [TestMethod]
    public void OtherColumns_AreInputsOfTheirOwn()
    {
        using TemporaryFolder folder = new();
        MeasuredImage[] images = [.. Enumerable.Range(0, ImageCount).Select(index => new MeasuredImage
        {
            Image = TrainedModels.Draw(index),
            Weight = index % 5,
            Discs = TrainedModels.DiscCount(index),
        })];
        IDataView rows = _context.Data.LoadFromEnumerable(images);
        using var model = _context.Transforms.NormalizeMinMax("Weight")
            .Append(Featurizer())
            .Append(_context.Transforms.Concatenate("All", "Features", "Weight"))
            .Append(_context.Regression.Trainers.LbfgsPoissonRegression(nameof(MeasuredImage.Discs), "All")).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        using PlainSession session = new(folder.PathOf("model.onnx"));
        float[] expected = [.. model.Transform(rows).GetColumn<float>("Score")];
        for (int i = 0; i < images.Length; i++)
        {
            float actual = session.Run(RawImage.Decode(images[i].Image), images[i].Weight, nameof(MeasuredImage.Weight))[0];
            Assert.AreEqual(expected[i], actual, AmplifiedTolerance * Math.Max(1, Math.Abs(expected[i])), $"image {i}");
        }
    }

    [TestMethod]
    public void BinaryClassification_GivesProbabilityAndPrediction()
    {
        using TemporaryFolder folder = new();
        BinaryImage[] images = [.. Enumerable.Range(0, ImageCount).Select(index => new BinaryImage
        {
            Image = TrainedModels.Draw(index),
            Label = TrainedModels.LabelOf(index) == "many",
        })];
        IDataView rows = _context.Data.LoadFromEnumerable(images);
        using var model = Featurizer().Append(_context.BinaryClassification.Trainers.LbfgsLogisticRegression()).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        using PlainSession session = new(folder.PathOf("model.onnx"));
        IDataView expected = model.Transform(rows);
        Assert.AreSequenceEqual(["scores", "probability", "predicted_label"], session.OutputNames);
        for (int i = 0; i < images.Length; i++)
        {
            RawImage image = RawImage.Decode(images[i].Image);
            Assert.AreEqual(expected.GetColumn<float>("Probability").ElementAt(i), session.Run(image, "probability")[0], Tolerance, $"image {i}");
            Assert.AreEqual(expected.GetColumn<bool>("PredictedLabel").ElementAt(i), session.Run<bool>(image, "predicted_label")[0], $"image {i}");
        }
    }

    [TestMethod]
    public void TheLibrarysOwnTrainer_InAPipeline_GivesScoresLabelsAndPrediction()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, ImageCount);
        using var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions()))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        AssertEqual(model, rows, folder.PathOf("model.onnx"));
    }

    [TestMethod]
    public void ALoadedModel_WritesTheSameFile()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, ImageCount);
        using var model = Pipeline(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy()).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        ITransformer loaded = _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out DataViewSchema? schema);
        using var disposable = loaded as IDisposable;

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));
        _context.Model.SaveAsOnnx(loaded, schema!, folder.PathOf("loaded.onnx"));

        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("model.onnx")), File.ReadAllBytes(folder.PathOf("loaded.onnx")));
    }

    private MobileNetV2FeaturizerEstimator Featurizer() =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize });

    private EstimatorChain<ITransformer> Pipeline(IEstimator<ITransformer> trainer) =>
        _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(Featurizer())
            .AppendCacheCheckpoint(_context)
            .Append(trainer)
            .Append<ITransformer>(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));

    private IEstimator<ITransformer> Trainer(string name) => name switch
    {
        nameof(LbfgsMaximumEntropyMulticlassTrainer) => _context.MulticlassClassification.Trainers.LbfgsMaximumEntropy(),
        nameof(SdcaMaximumEntropyMulticlassTrainer) => _context.MulticlassClassification.Trainers.SdcaMaximumEntropy(),
        nameof(LightGbmMulticlassTrainer) => _context.MulticlassClassification.Trainers.LightGbm(numberOfLeaves: 4, minimumExampleCountPerLeaf: 2, numberOfIterations: 5),
        nameof(OneVersusAllTrainer) => OneVersusAll(_context.BinaryClassification.Trainers.LbfgsLogisticRegression()),
        "OneVersusAllTrainer of FastTree" => OneVersusAll(_context.BinaryClassification.Trainers.FastTree(numberOfTrees: 5, minimumExampleCountPerLeaf: 2)),
        _ => _context.MulticlassClassification.Trainers.OneVersusAll(
            _context.BinaryClassification.Trainers.FastForest(numberOfTrees: 5, minimumExampleCountPerLeaf: 2), useProbabilities: false),
    };

    private OneVersusAllTrainer OneVersusAll<T>(ITrainerEstimator<BinaryPredictionTransformer<T>, T> trainer)
        where T : class => _context.MulticlassClassification.Trainers.OneVersusAll(trainer);

    private static void AssertEqual(ITransformer model, IDataView rows, string path, double tolerance = Tolerance)
    {
        using PlainSession session = new(path);
        IDataView expected = model.Transform(rows);
        float[][] scores = [.. expected.GetColumn<float[]>("Score")];
        string[] predictions = [.. expected.GetColumn<string>("PredictedLabel")];
        VBuffer<ReadOnlyMemory<char>> labels = default;
        expected.Schema["Score"].GetSlotNames(ref labels);
        for (int i = 0; i < scores.Length; i++)
        {
            RawImage image = RawImage.Decode(TrainedModels.Draw(i));
            float[] actual = session.Run(image);
            Assert.HasCount(scores[i].Length, actual);
            Assert.AreEqual(0, scores[i].Zip(actual, (left, right) => Math.Abs(left - right)).Max(), tolerance, $"image {i}");
            string[] names = session.Run<string>(image, "labels");
            Assert.AreSequenceEqual([.. labels.DenseValues().Select(name => name.ToString())], names);
            Assert.AreSequenceEqual([predictions[i]], session.Run<string>(image, "predicted_label"));
        }
    }

    private sealed class ImageIn
    {
        [VectorType]
        public byte[] Image { get; set; } = [];
    }

    private sealed class LengthOut
    {
        public float Length { get; set; }
    }

    private sealed class BinaryImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public bool Label { get; set; }
    }

    private sealed class MeasuredImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public float Weight { get; set; }

        public float Discs { get; set; }
    }
}
