using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>Features under ML.NET's own steps and trainers, labels from text files, and estimators that are fitted several times at once.</summary>
[TestClass]
public sealed class StockTrainerCompositionTests : IDisposable
{
    private const int Count = 24;
    private const int Size = 64;
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly string[] _paths;

    public StockTrainerCompositionTests() =>
        _paths = [.. Enumerable.Range(0, Count).Select(index => _folder.Write($"{index:00}.png", TrainedModels.Draw(index)))];

    private IDataView Rows => _context.Data.LoadFromEnumerable(
        _paths.Select((path, index) => new PathExample { Image = path, Label = TrainedModels.LabelOf(index), Number = index }).ToArray());

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    public void NormalizeAndOneVersusAll_OverFeatures_GiveTheSameBeforeAndAfterLoading()
    {
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(Featurizer())
            .Append(_context.Transforms.NormalizeMinMax("Features"))
            .Append(_context.MulticlassClassification.Trainers.OneVersusAll(_context.BinaryClassification.Trainers.AveragedPerceptron(numberOfIterations: 10)))
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"));
        using var model = pipeline.Fit(Rows);
        string[] expected = [.. model.Transform(Rows).GetColumn<string>("PredictedLabel")];
        Assert.IsGreaterThan(Count * 3 / 4, expected.Where((label, index) => label == TrainedModels.LabelOf(index)).Count());

        _context.Model.Save(model, Rows.Schema, _folder.PathOf("model.zip"));
        foreach (ITransformer loaded in new[] { _context.Model.LoadStock(_folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _) })
        {
            Assert.AreSequenceEqual(expected, loaded.Transform(Rows).GetColumn<string>("PredictedLabel"));
            (loaded as IDisposable)?.Dispose();
        }
    }

    [TestMethod]
    public void Trainer_BehindNormalizedFeatures_GivesTheSameBeforeAndAfterLoading()
    {
        var pipeline = Featurizer().Append(_context.Transforms.NormalizeMinMax("Features")).Append(_context.MulticlassClassification.Trainers.MobileNetV2(
            new MobileNetV2TrainerOptions { ImageColumnName = "Features", Head = new() { Epochs = 10 } }));
        using var model = pipeline.Fit(Rows);
        float[] expected = [.. model.Transform(Rows).GetColumn<float[]>("Score").SelectMany(score => score)];

        _context.Model.Save(model, Rows.Schema, _folder.PathOf("model.zip"));
        foreach (ITransformer loaded in new[] { _context.Model.LoadStock(_folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _) })
        {
            float[] found = [.. loaded.Transform(Rows).GetColumn<float[]>("Score").SelectMany(score => score)];
            Assert.HasCount(expected.Length, found);
            Assert.IsTrue(expected.Zip(found).All(pair => Math.Abs(pair.First - pair.Second) < 1e-3));
            (loaded as IDisposable)?.Dispose();
        }
    }

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt32)]
    [DataRow(DataKind.UInt64)]
    public void Trainer_OfKeysFromATextFile_PredictsThoseKeys(DataKind kind)
    {
        // ML.NET reads the numbers of keys from 0 and counts keys from 1.
        string path = _folder.Write("rows.tsv", System.Text.Encoding.UTF8.GetBytes(string.Join('\n', _paths.Select((image, index) => $"{image}\t{index % 3}"))));
        IDataView rows = _context.Data.LoadFromTextFile(
            path, [new TextLoader.Column("Image", DataKind.String, 0), new TextLoader.Column("Label", kind, [new(1)], new KeyCount(5))]);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions()).Fit(rows);

        IDataView scored = model.Transform(rows);
        Assert.IsGreaterThan(0.9, _context.MulticlassClassification.Evaluate(model, rows).MicroAccuracy);
        Assert.HasCount(5, scored.GetColumn<float[]>("Score").First());
    }

    [TestMethod]
    public async Task Estimators_FittedSeveralTimesAtOnce_GiveTheSameEachTime()
    {
        MobileNetV2Trainer trainer = _context.MulticlassClassification.Trainers.MobileNetV2(TrainedModels.CreateOptions());
        MobileNetV2FeaturizerEstimator featurizer = Featurizer();
        IDataView rows = Rows;

        float[][] scores = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using MobileNetV2PredictionTransformer model = trainer.Fit(rows);
            using MobileNetV2FeaturizerTransformer features = featurizer.Fit(rows);
            return model.Transform(rows).GetColumn<float[]>("Score").Concat(features.Transform(rows).GetColumn<float[]>("Features")).SelectMany(value => value).ToArray();
        })));

        Assert.AreSequenceEqual(scores[0], scores[1]);
        Assert.AreSequenceEqual(scores[0], scores[2]);
    }

    [TestMethod]
    public void Model_OfRowsWithoutLabel_Predicts()
    {
        using var model = TrainedModels.TrainMulticlass(_context);
        IDataView unlabeled = _context.Transforms.DropColumns("Label").Fit(TrainedModels.CreateRows(_context)).Transform(TrainedModels.CreateRows(_context));

        Assert.HasCount(24, model.Transform(unlabeled).GetColumn<float[]>("Score").ToArray());
    }

    private MobileNetV2FeaturizerEstimator Featurizer() =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = Size });
}
