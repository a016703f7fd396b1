using System.IO.Compression;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

/// <summary>Saved models come back as classifiers, and what is none is refused with a reason.</summary>
[TestClass]
public sealed class ImageClassifierLoadTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Load_OfATrainedModel_PredictsBitForBitAsBefore()
    {
        using TemporaryFolder folder = new();
        using var model = TrainedModels.TrainMulticlass(_context, TrainedModels.CreateOptions(ImageResizeMode.Pad));
        _context.Model.Save(model, TrainedModels.CreateRows(_context, 1).Schema, folder.PathOf("model.zip"));
        using ImageClassifier expected = _context.Model.CreateImageClassifier(model);

        using ImageClassifier loaded = ImageClassifier.Load(folder.PathOf("model.zip"));

        Assert.AreSequenceEqual(model.ClassNames, loaded.Classes);
        Assert.AreEqual(expected.Preprocessing, loaded.Preprocessing);
        Assert.AreSequenceEqual(expected.Predict(TrainedModels.Source(2)).Scores, loaded.Predict(TrainedModels.Source(2)).Scores);
    }

    [TestMethod]
    public void Load_OfALongerPipeline_FindsTheModelInside()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions()))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        using FileStream stream = File.OpenRead(folder.PathOf("model.zip"));
        using ImageClassifier inMemory = _context.Model.CreateImageClassifier(model);
        using ImageClassifier ofLoaded = _context.Model.CreateImageClassifier(_context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _));

        using ImageClassifier loaded = ImageClassifier.Load(stream);

        foreach (ImageClassifier classifier in new[] { inMemory, ofLoaded, loaded })
        {
            Assert.AreSequenceEqual(["few", "some", "many"], classifier.Classes);
            Assert.AreEqual("many", classifier.Predict(TrainedModels.Source(2)).Best.Label);
        }
    }

    [TestMethod]
    public void Load_OfAFeaturizerWithClassScores_ClassifiesWithTheWeightsOwnClasses()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);
        string[] names = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount).Select(index => $"class {index}")];
        weights = weights.WithDescription(weights.Description with { ClassNames = names });
        MobileNetV2FeaturizerOptions options = new() { InputColumnName = "Image", InputSize = 64, Weights = weights, Output = MobileNetV2Output.ClassScores };
        IDataView rows = TrainedModels.CreateRows(_context, 1);
        using var featurizer = _context.Transforms.MobileNetV2(options).Fit(rows);
        _context.Model.Save(featurizer, rows.Schema, folder.PathOf("model.zip"));

        using ImageClassifier classifier = ImageClassifier.Load(folder.PathOf("model.zip"));

        Assert.AreSequenceEqual(names, classifier.Classes);
        float[] expected = featurizer.Transform(rows).GetColumn<float[]>("Features").Single();
        Assert.AreEqual(expected.Max(), classifier.Predict(TrainedModels.Source(0)).Best.Score);
    }

    [TestMethod]
    public void Load_OfAnotherModel_SaysWhatIsExpected()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, 12);
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        _context.Model.Save(featurizer, rows.Schema, folder.PathOf("featurizer.zip"));
        using var regression = _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = 64 }).Fit(
            _context.Transforms.Conversion.ConvertType("Label", "Number").Fit(Numbers(12)).Transform(Numbers(12)));
        _context.Model.Save(regression, Numbers(1).Schema, folder.PathOf("regression.zip"));
        using (ZipArchive archive = ZipFile.Open(folder.PathOf("empty.zip"), ZipArchiveMode.Create))
        {
            archive.CreateEntry("readme.txt");
        }

        foreach (string name in new[] { "featurizer.zip", "regression.zip", "empty.zip" })
        {
            string message = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(folder.PathOf(name))).Message;
            Assert.StartsWith($"'{folder.PathOf(name)}' is not a saved model that classifies images: ", message);
            Assert.Contains("Expected a model that was trained with MulticlassClassification.Trainers.MobileNetV2", message);
            Assert.Contains("mlContext.Model.Load", message);
        }
    }

    [TestMethod]
    public void Load_OfAModelWithTwoClassifiers_NamesTheirColumns()
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context, 12);
        MobileNetV2TrainerOptions second = TrainedModels.CreateOptions();
        second.ScoreColumnName = "OtherScore";
        second.PredictedLabelColumnName = "OtherLabel";
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions())
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(second)).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));

        string loading = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(folder.PathOf("model.zip"))).Message;
        string creating = Assert.ThrowsExactly<ArgumentException>(() => _context.Model.CreateImageClassifier(model)).Message;

        const string Expected = "it holds 2 networks that classify images, with the scores 'Score', 'OtherScore'. Expected one;";
        Assert.Contains($"is not a saved model that classifies images: {Expected}", loading);
        Assert.StartsWith($"The model cannot become a classifier: {Expected}", creating);
    }

    [TestMethod]
    public void Load_OfADamagedOrMissingFile_SaysSo()
    {
        using TemporaryFolder folder = new();
        string text = folder.Write("text.zip", "This is no archive."u8);
        using var model = TrainedModels.TrainMulticlass(_context);
        _context.Model.Save(model, TrainedModels.CreateRows(_context, 1).Schema, folder.PathOf("model.zip"));
        byte[] whole = File.ReadAllBytes(folder.PathOf("model.zip"));
        string half = folder.Write("half.zip", whole.AsSpan(0, whole.Length / 2));

        Assert.Contains($"'{text}' is not a saved model", Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(text)).Message);
        Assert.Contains($"'{half}' is not a saved model", Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(half)).Message);
        Assert.ThrowsExactly<FileNotFoundException>(() => ImageClassifier.Load(folder.PathOf("missing.zip")));
        Assert.ThrowsExactly<ArgumentException>(() => ImageClassifier.Load(string.Empty));
    }

    private IDataView Numbers(int count) => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(index => new CountedImage { Image = TrainedModels.Draw(index), Number = TrainedModels.DiscCount(index) }).ToArray());

    private sealed class CountedImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public float Number { get; set; }
    }
}
