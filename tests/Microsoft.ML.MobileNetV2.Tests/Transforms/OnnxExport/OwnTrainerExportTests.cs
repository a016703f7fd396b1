using System.Globalization;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.OnnxExport;

/// <summary>Models of the library's own trainer, of every kind and with columns of any name, give in ONNX Runtime the scores that they give in ML.NET.</summary>
[TestClass]
public sealed class OwnTrainerExportTests
{
    private const double Tolerance = 1e-5;

    private const int ImageCount = 12;

    /// <summary>Compares the predicted labels of those types for which ML.NET can convert the mapping of keys to values.</summary>
    private static readonly Dictionary<string, Action<OwnTrainerExportTests, ITransformer, string>> Checks = new()
    {
        ["Name"] = (test, model, path) => test.AssertPredictions<string>(model, path),
        ["Flag"] = (test, model, path) => test.AssertPredictions<bool>(model, path),
        ["Int16"] = (test, model, path) => test.AssertPredictions<short>(model, path),
        ["UInt16"] = (test, model, path) => test.AssertPredictions<ushort>(model, path),
        ["Number"] = (test, model, path) => test.AssertPredictions<int>(model, path),
        ["UInt32"] = (test, model, path) => test.AssertPredictions<uint>(model, path),
        ["Int64"] = (test, model, path) => test.AssertPredictions<long>(model, path),
        ["UInt64"] = (test, model, path) => test.AssertPredictions<ulong>(model, path),
        ["Discs"] = (test, model, path) => test.AssertPredictions<float>(model, path),
        ["Double"] = (test, model, path) => test.AssertPredictions<double>(model, path, number => (float)number), // The standard has labels of Single alone.
    };

    private readonly MLContext _context = new(1);

    private readonly IDataView _rows;

    private readonly Scene[] _scenes = [.. Enumerable.Range(0, ImageCount).Select(index => new Scene
    {
        Image = TrainedModels.Draw(index),
        Name = TrainedModels.LabelOf(index),
        Flag = TrainedModels.LabelOf(index) == "many",
        Number = 10 * TrainedModels.DiscCount(index),
        Discs = TrainedModels.DiscCount(index) / 60f,
        SByte = (sbyte)-TrainedModels.DiscCount(index),
        Byte = (byte)TrainedModels.DiscCount(index),
        Int16 = (short)TrainedModels.DiscCount(index),
        UInt16 = (ushort)TrainedModels.DiscCount(index),
        UInt32 = (uint)TrainedModels.DiscCount(index),
        Int64 = -TrainedModels.DiscCount(index),
        UInt64 = ulong.MaxValue - (ulong)TrainedModels.DiscCount(index),
        Double = TrainedModels.DiscCount(index) / 7.0,
        TimeSpan = TimeSpan.FromDays(TrainedModels.DiscCount(index)),
        DateTime = new DateTime(2026, 1, 1).AddDays(TrainedModels.DiscCount(index)),
        DateTimeOffset = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(TrainedModels.DiscCount(index)),
        Flags = [index % 2 == 0, index % 3 == 0],
    })];

    public OwnTrainerExportTests() => _rows = _context.Data.LoadFromEnumerable(_scenes);

    [TestMethod]
    [DataRow("multiclass", "Name")]
    [DataRow("multilabel", "Flags")]
    [DataRow("binary", "Flag")]
    [DataRow("regression", "Discs")]
    public void EveryKindOfModel_AloneBehindOtherStepsAndOnFeatures_GivesItsScores(string kind, string label)
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions ofFeatures = new() { ImageColumnName = "Features", LabelColumnName = label, LabelMode = Options(label).LabelMode };
        using ModelScope onFeatures = new(_context.Transforms
            .MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize })
            .Append(Trainer(kind, ofFeatures)).Fit(_rows));
        using ModelScope alone = new(Trainer(kind, Options(label)).Fit(_rows));
        using ModelScope chained = new(_context.Transforms.CopyColumns("Copy", "Image").Append(Trainer(kind, Options(label))).Fit(_rows));

        foreach (ITransformer model in new[] { alone.Model, chained.Model, onFeatures.Model })
        {
            _context.Model.SaveAsOnnx(model, _rows.Schema, folder.PathOf("model.onnx"));

            AssertScores(model, "Score", folder.PathOf("model.onnx"));
        }
    }

    [TestMethod]
    [DataRow("multiclass", "Name")]
    [DataRow("multilabel", "Flags")]
    [DataRow("binary", "Flag")]
    [DataRow("regression", "Discs")]
    public void RenamedColumns_AreNamedByTheCaller(string kind, string label)
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = Options(label);
        (options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName) = ("Rating", "Chance", "Guess");
        using ModelScope fitted = new(Trainer(kind, options).Fit(_rows));

        _context.Model.SaveAsOnnx(
            fitted.Model, _rows.Schema, folder.PathOf("model.onnx"), scoreColumnName: "Rating", probabilityColumnName: "Chance", predictedLabelColumnName: "Guess");

        AssertScores(fitted.Model, "Rating", folder.PathOf("model.onnx"));
        string message = Assert.ThrowsExactly<ArgumentException>(() => _context.Model.SaveAsOnnx(fitted.Model, _rows.Schema, folder.PathOf("other.onnx"))).Message;
        Assert.StartsWith("The model has no column 'Score' of Single", message);
        Assert.Contains("'Rating'", message);
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true, DisplayName = "loaded")]
    public void BinaryModel_GivesProbabilityAndPrediction(bool isLoaded)
    {
        using TemporaryFolder folder = new();
        using ModelScope fitted = new(Trainer("binary", Options("Flag")).Fit(_rows));
        _context.Model.Save(fitted.Model, _rows.Schema, folder.PathOf("model.zip"));
        using ModelScope loaded = new(_context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out DataViewSchema? schema));

        _context.Model.SaveAsOnnx(isLoaded ? loaded.Model : fitted.Model, isLoaded ? schema! : _rows.Schema, folder.PathOf("model.onnx"));

        using PlainSession session = new(folder.PathOf("model.onnx"));
        Assert.AreSequenceEqual(["scores", "probability", "predicted_label"], session.OutputNames);
        IDataView expected = fitted.Model.Transform(_rows);
        float[] probabilities = [.. expected.GetColumn<float>("Probability")];
        bool[] predictions = [.. expected.GetColumn<bool>("PredictedLabel")];
        for (int i = 0; i < ImageCount; i++)
        {
            RawImage image = RawImage.Decode(_scenes[i].Image);
            Assert.AreEqual(probabilities[i], session.Run(image, "probability")[0], Tolerance, $"image {i}");
            Assert.AreEqual(predictions[i], session.Run<bool>(image, "predicted_label")[0], $"image {i}");
        }

        Assert.IsTrue(predictions.Contains(true) && predictions.Contains(false));
    }

    [TestMethod]
    [DataRow("Name")]
    [DataRow("Flag")]
    [DataRow("SByte")]
    [DataRow("Byte")]
    [DataRow("Int16")]
    [DataRow("UInt16")]
    [DataRow("Number")]
    [DataRow("UInt32")]
    [DataRow("Int64")]
    [DataRow("UInt64")]
    [DataRow("Discs")]
    [DataRow("Double")]
    [DataRow("TimeSpan")]
    [DataRow("DateTime")]
    [DataRow("DateTimeOffset")]
    public void PredictedLabel_OfClassesOfAnyType_IsTheValueOrTheKey(string label)
    {
        using TemporaryFolder folder = new();
        using ModelScope keys = new(Trainer("multiclass", Options(label)).Fit(_rows));
        using ModelScope values = new(Trainer("multiclass", Options(label)).Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(_rows));

        _context.Model.SaveAsOnnx(keys.Model, _rows.Schema, folder.PathOf("keys.onnx"));
        _context.Model.SaveAsOnnx(values.Model, _rows.Schema, folder.PathOf("values.onnx"));

        AssertScores(keys.Model, "Score", folder.PathOf("keys.onnx"));
        AssertScores(values.Model, "Score", folder.PathOf("values.onnx"));
        AssertPredictions<uint>(keys.Model, folder.PathOf("keys.onnx"));
        Assert.AreEqual(Checks.TryGetValue(label, out Action<OwnTrainerExportTests, ITransformer, string>? check), HasPrediction(folder.PathOf("values.onnx")));
        check?.Invoke(this, values.Model, folder.PathOf("values.onnx"));
    }

    [TestMethod]
    [DataRow("Int64")]
    [DataRow("Discs")]
    [DataRow("Double")]
    public void AFileWrittenInAnotherCulture_IsTheSame(string label)
    {
        using TemporaryFolder folder = new();
        using ModelScope values = new(Trainer("multiclass", Options(label)).Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel")).Fit(_rows));
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        _context.Model.SaveAsOnnx(values.Model, _rows.Schema, folder.PathOf("invariant.onnx"));
        CultureInfo.CurrentCulture = new CultureInfo("de-DE") { NumberFormat = { NegativeSign = "minus", NumberDecimalSeparator = "," } };
        _context.Model.SaveAsOnnx(values.Model, _rows.Schema, folder.PathOf("other.onnx"));
        CultureInfo.CurrentCulture = before;

        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("invariant.onnx")), File.ReadAllBytes(folder.PathOf("other.onnx")));
    }

    [TestMethod]
    [DataRow("multiclass", "Name")]
    [DataRow("multilabel", "Flags")]
    [DataRow("binary", "Flag")]
    [DataRow("regression", "Discs")]
    public void AHeadOnFeatures_Loaded_WritesTheSameFile(string kind, string label)
    {
        using TemporaryFolder folder = new();
        MobileNetV2TrainerOptions options = new() { ImageColumnName = "Features", LabelColumnName = label, LabelMode = Options(label).LabelMode };
        using var featurizer = _context.Transforms
            .MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = TrainedModels.InputSize }).Fit(_rows);
        IDataView features = featurizer.Transform(_rows);
        using ModelScope head = new(Trainer(kind, options).Fit(features));
        TransformerChain<ITransformer> chain = featurizer.Append(head.Model);
        _context.Model.Save(head.Model, features.Schema, folder.PathOf("head.zip"));
        _context.Model.Save(chain, _rows.Schema, folder.PathOf("chain.zip"));
        using ModelScope loadedHead = new(_context.Model.LoadWithMobileNetV2(folder.PathOf("head.zip"), out _));
        using ModelScope loadedChain = new(_context.Model.LoadWithMobileNetV2(folder.PathOf("chain.zip"), out DataViewSchema? schema));

        _context.Model.SaveAsOnnx(chain, _rows.Schema, folder.PathOf("fitted.onnx"));
        _context.Model.SaveAsOnnx(featurizer.Append(loadedHead.Model), _rows.Schema, folder.PathOf("head.onnx"));
        _context.Model.SaveAsOnnx(loadedChain.Model, schema!, folder.PathOf("chain.onnx"));

        AssertScores(chain, "Score", folder.PathOf("fitted.onnx"));
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("fitted.onnx")), File.ReadAllBytes(folder.PathOf("head.onnx")));
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("fitted.onnx")), File.ReadAllBytes(folder.PathOf("chain.onnx")));
        string alone = Assert.ThrowsExactly<ArgumentException>(() => _context.Model.SaveAsOnnx(loadedHead.Model, features.Schema, folder.PathOf("none.onnx"))).Message;
        Assert.Contains("append the featurizer", alone);
    }

    private static bool HasPrediction(string path)
    {
        using PlainSession session = new(path);
        return session.OutputNames.Contains("predicted_label");
    }

    private static MobileNetV2TrainerOptions Options(string label) =>
        new() { InputSize = TrainedModels.InputSize, LabelColumnName = label, LabelMode = label == "Flags" ? LabelMode.MultiLabel : LabelMode.SingleLabel };

    private MobileNetV2Trainer Trainer(string kind, MobileNetV2TrainerOptions options) => kind switch
    {
        "binary" => _context.BinaryClassification.Trainers.MobileNetV2(options),
        "regression" => _context.Regression.Trainers.MobileNetV2(options),
        _ => _context.MulticlassClassification.Trainers.MobileNetV2(options),
    };

    private void AssertScores(ITransformer model, string column, string path)
    {
        IDataView scored = model.Transform(_rows);
        float[][] expected = scored.Schema[column].Type is VectorDataViewType
            ? [.. scored.GetColumn<float[]>(column)]
            : [.. scored.GetColumn<float>(column).Select(score => new[] { score })];
        using PlainSession session = new(path);
        for (int i = 0; i < ImageCount; i++)
        {
            float[] actual = session.Run(RawImage.Decode(_scenes[i].Image));
            Assert.HasCount(expected[i].Length, actual);
            Assert.AreEqual(0, expected[i].Zip(actual, (left, right) => Math.Abs(left - right) / Math.Max(1, Math.Abs(left))).Max(), Tolerance, $"image {i}");
        }
    }

    private void AssertPredictions<T>(ITransformer model, string path, Func<T, T>? convert = null)
    {
        T[] expected = [.. model.Transform(_rows).GetColumn<T>("PredictedLabel").Select(label => convert is null ? label : convert(label))];
        using PlainSession session = new(path);
        for (int i = 0; i < ImageCount; i++)
        {
            Assert.AreSequenceEqual([expected[i]], session.Run<T>(RawImage.Decode(_scenes[i].Image), "predicted_label"), $"image {i}");
        }

        Assert.IsGreaterThan(1, expected.Distinct().Count());
    }

    /// <summary>Disposes a model, whatever it is made of.</summary>
    private sealed class ModelScope(ITransformer model) : IDisposable
    {
        internal ITransformer Model => model;

        public void Dispose() => (model as IDisposable)?.Dispose();
    }

    private sealed class Scene
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public string Name { get; set; } = string.Empty;

        public bool Flag { get; set; }

        public int Number { get; set; }

        public float Discs { get; set; }

        [VectorType(2)]
        public bool[] Flags { get; set; } = [];

        public sbyte SByte { get; set; }

        public byte Byte { get; set; }

        public short Int16 { get; set; }

        public ushort UInt16 { get; set; }

        public uint UInt32 { get; set; }

        public long Int64 { get; set; }

        public ulong UInt64 { get; set; }

        public double Double { get; set; }

        public TimeSpan TimeSpan { get; set; }

        public DateTime DateTime { get; set; }

        public DateTimeOffset DateTimeOffset { get; set; }
    }
}
