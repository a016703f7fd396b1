using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Evaluation on labels as users have them.</summary>
[TestClass]
public sealed class EvaluationTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    [DataRow(2)]
    public void Evaluate_TextLabels_GivesTheMetrics(int storage)
    {
        using TemporaryFolder folder = new();
        IDataView rows = TrainedModels.CreateRows(_context);
        ITransformer model = TrainedModels.TrainMulticlass(_context);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        ITransformer used = storage switch
        {
            0 => model,
            1 => _context.Model.LoadStock(folder.PathOf("model.zip"), out _),
            _ => _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _),
        };

        MulticlassClassificationMetrics metrics = _context.MulticlassClassification.Evaluate(used, rows);

        Assert.AreEqual(1, metrics.MicroAccuracy);
        Assert.AreEqual(3, metrics.ConfusionMatrix.NumberOfClasses);
        Assert.AreSequenceEqual([8.0, 8, 8], metrics.ConfusionMatrix.PerClassRecall.Select(recall => recall * 8));
    }

    [TestMethod]
    public void Evaluate_KeysMappedOtherwise_MatchesThemByValue()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        IDataView reversed = _context.Data.LoadFromEnumerable(
            _context.Data.CreateEnumerable<TrainedModels.LabeledImage>(rows, reuseRowObject: false).Reverse().Skip(1).ToArray());
        IDataView keyed = _context.Transforms.Conversion.MapValueToKey("Label").Fit(reversed).Transform(reversed);
        using var model = TrainedModels.TrainMulticlass(_context);

        Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(model, keyed).MicroAccuracy);
    }

    [TestMethod]
    public void Evaluate_NumbersThroughAPipelineOfStockSteps_GivesTheMetrics()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(row => new Row { Features = [row % 3, 1, row % 3 == 1 ? 1 : 0], Label = 10 * (row % 3) }).ToArray());
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label").Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
        var model = pipeline.Fit(rows);

        Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(model, rows).MicroAccuracy);
    }

    [TestMethod]
    public void Evaluate_LabelsOfAnotherType_AreRefused()
    {
        IDataView rows = TrainedModels.CreateRows(_context);
        IDataView other = _context.Transforms.CopyColumns("Text", "Label").Append(_context.Transforms.Conversion.ConvertType("Label", "Numbers"))
            .Fit(WithNumbers()).Transform(WithNumbers());
        using var model = TrainedModels.TrainMulticlass(_context);

        string error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => _context.MulticlassClassification.Evaluate(model, other)).Message;

        Assert.Contains("Schema mismatch for label column 'Label': expected Key<UInt32, 0-2> with values of type String or its values, got Single", error);
        Assert.AreEqual(24, rows.GetRowCount());

        IDataView WithNumbers() => _context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(index => new Numbered { Image = TrainedModels.Draw(index), Numbers = index }).ToArray());
    }

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public int Label { get; set; }
    }

    private sealed class Numbered
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = string.Empty;

        public float Numbers { get; set; }
    }
}
