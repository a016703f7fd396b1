using System.Collections.Immutable;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>ML.NET's permutation feature importance takes a model of ready features and finds what decides.</summary>
[TestClass]
public sealed class FeatureImportanceTests
{
    private const int DecidingSlot = 2;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Multiclass_FindsTheSlotThatDecides()
    {
        IDataView rows = CreateRows();
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions("Label")).Fit(rows);

        ImmutableArray<MulticlassClassificationMetricsStatistics> importance = _context.MulticlassClassification.PermutationFeatureImportance(model, model.Transform(rows));

        AssertDecides([.. importance.Select(metrics => -metrics.MicroAccuracy.Mean)]);
    }

    [TestMethod]
    public void Regression_FindsTheSlotThatDecides()
    {
        IDataView rows = CreateRows();
        using var model = _context.Regression.Trainers.MobileNetV2(CreateOptions("Number")).Fit(rows);

        ImmutableArray<RegressionMetricsStatistics> importance = _context.Regression.PermutationFeatureImportance(model, model.Transform(rows), "Number");

        AssertDecides([.. importance.Select(metrics => metrics.MeanAbsoluteError.Mean)]);
    }

    private static MobileNetV2TrainerOptions CreateOptions(string label) => new() { ImageColumnName = "Features", LabelColumnName = label };

    private static void AssertDecides(double[] lossOfSlot)
    {
        Assert.HasCount(Row.FeatureCount, lossOfSlot);
        Assert.AreEqual(DecidingSlot, lossOfSlot.IndexOf(lossOfSlot.Max()));
    }

    private IDataView CreateRows()
    {
        Random random = new(5);
        return _context.Data.LoadFromEnumerable(Enumerable.Range(0, 90).Select(index => new Row
        {
            Features = [.. Enumerable.Range(0, Row.FeatureCount).Select(slot => random.NextSingle() + (slot == DecidingSlot ? index % 3 * 4 : 0))],
            Label = (uint)(index % 3),
            Number = index % 3,
        }).ToArray());
    }

    private sealed class Row
    {
        public const int FeatureCount = 5;

        [VectorType(FeatureCount)]
        public float[] Features { get; set; } = [];

        [KeyType(3)]
        public uint Label { get; set; }

        public float Number { get; set; }
    }
}
