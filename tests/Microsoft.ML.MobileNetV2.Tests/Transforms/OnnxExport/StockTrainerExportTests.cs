using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Trainers;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.OnnxExport;

/// <summary>LBFGS, SDCA and LightGBM behind the featurizer, for yes and no, for numbers, and one against all.</summary>
[TestClass]
public sealed class StockTrainerExportTests
{
    /// <summary>Of a probability, and of a number relative to it.</summary>
    private const double Tolerance = 1e-5;

    /// <summary>Of a margin, which is a sum of 1280 products without bounds; two runtimes add them in another order.</summary>
    private const double MarginTolerance = 1e-4;

    private const int ImageCount = 24;

    private readonly MLContext _context = new(1);

    private readonly Scene[] _scenes = [.. Enumerable.Range(0, ImageCount).Select(index => new Scene
    {
        Image = TrainedModels.Draw(index),
        Flag = TrainedModels.LabelOf(index) == "many",
        Kind = TrainedModels.LabelOf(index),
        Discs = TrainedModels.DiscCount(index) / 60f,
    })];

    [TestMethod]
    [DataRow("LBFGS, yes or no", MarginTolerance)]
    [DataRow("SDCA, yes or no", MarginTolerance)]
    [DataRow("SDCA without calibration, yes or no", MarginTolerance)]
    [DataRow("LightGBM, yes or no", MarginTolerance)]
    [DataRow("LBFGS, number", Tolerance)]
    [DataRow("SDCA, number", Tolerance)]
    [DataRow("LightGBM, number", Tolerance)]
    [DataRow("LBFGS, one against all", Tolerance)]
    [DataRow("SDCA, one against all", Tolerance)]
    [DataRow("LightGBM, one against all", Tolerance)]
    [DataRow("SDCA without calibration, several classes", MarginTolerance)]
    public void Scores_InOnnxRuntime_AreThoseOfMLNet(string trainer, double tolerance)
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(_scenes);
        using var model = _context.Transforms.Conversion.MapValueToKey("Label", "Kind")
            .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize }))
            .AppendCacheCheckpoint(_context)
            .Append(Trainer(trainer)).Fit(rows);

        _context.Model.SaveAsOnnx(model, rows.Schema, folder.PathOf("model.onnx"));

        IDataView scored = model.Transform(rows);
        float[][] expected = scored.Schema["Score"].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>("Score")]
            : [.. scored.GetColumn<float>("Score").Select(score => new[] { score })];
        float[] probabilities = scored.Schema.GetColumnOrNull("Probability") is null ? [] : [.. scored.GetColumn<float>("Probability")];
        using PlainSession session = new(folder.PathOf("model.onnx"));
        for (int i = 0; i < ImageCount; i++)
        {
            RawImage image = RawImage.Decode(_scenes[i].Image);
            float[] actual = session.Run(image);
            Assert.HasCount(expected[i].Length, actual);
            Assert.AreEqual(0, expected[i].Zip(actual, (left, right) => Math.Abs(left - right) / Math.Max(1, Math.Abs(left))).Max(), tolerance, $"image {i}");
            Assert.AreEqual(probabilities.ElementAtOrDefault(i), probabilities.Length > 0 ? session.Run(image, "probability")[0] : 0, Tolerance, $"image {i}");
        }

        Assert.AreNotEqual(expected[0][0], expected[2][0], "the model tells images apart");
    }

    private IEstimator<ITransformer> Trainer(string name)
    {
        var binary = _context.BinaryClassification.Trainers;
        var regression = _context.Regression.Trainers;
        return name switch
        {
            "LBFGS, yes or no" => binary.LbfgsLogisticRegression("Flag"),
            "SDCA, yes or no" => binary.SdcaLogisticRegression("Flag"),
            "SDCA without calibration, yes or no" => binary.SdcaNonCalibrated("Flag", maximumNumberOfIterations: 20),
            "LightGBM, yes or no" => binary.LightGbm("Flag", numberOfLeaves: 4, minimumExampleCountPerLeaf: 2, numberOfIterations: 5),
            "LBFGS, number" => regression.LbfgsPoissonRegression("Discs"),
            "SDCA, number" => regression.Sdca("Discs"),
            "LightGBM, number" => regression.LightGbm("Discs", numberOfLeaves: 4, minimumExampleCountPerLeaf: 2, numberOfIterations: 5),
            "LBFGS, one against all" => OneVersusAll(binary.LbfgsLogisticRegression()),
            "SDCA, one against all" => OneVersusAll(binary.SdcaLogisticRegression()),
            "LightGBM, one against all" => OneVersusAll(binary.LightGbm(numberOfLeaves: 4, minimumExampleCountPerLeaf: 2, numberOfIterations: 5)),
            _ => _context.MulticlassClassification.Trainers.SdcaNonCalibrated(maximumNumberOfIterations: 20),
        };
    }

    private OneVersusAllTrainer OneVersusAll<T>(ITrainerEstimator<BinaryPredictionTransformer<T>, T> trainer)
        where T : class => _context.MulticlassClassification.Trainers.OneVersusAll(trainer);

    private sealed class Scene
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public bool Flag { get; set; }

        public string Kind { get; set; } = string.Empty;

        public float Discs { get; set; }
    }
}
