using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>A message about a column names the columns that there are, and the option to set.</summary>
[TestClass]
public sealed class ColumnMessageTests
{
    private readonly MLContext _context = new(1);
    private readonly IDataView _rows;

    public ColumnMessageTests() => _rows = _context.Data.LoadFromEnumerable([new Row()]);

    [TestMethod]
    public void Featurizer_WithoutTheColumn_NamesThoseThatThereAre()
    {
        MobileNetV2FeaturizerEstimator estimator = _context.Transforms.MobileNetV2("Features", "Image");
        const string Expected = "Could not find input column 'Image'. The columns are 'Photo', 'Kind', 'Number'; name one of them with InputColumnName.";

        Assert.StartsWith(Expected, Refusal(() => estimator.Fit(_rows)));
        Assert.StartsWith(Expected, Refusal(() => estimator.GetOutputSchema(SchemaShapes.Of(_rows))));
    }

    [TestMethod]
    [DataRow("Image", "Kind", null, "Could not find image column 'Image'. The columns are 'Photo', 'Kind', 'Number'; name one of them with ImageColumnName.")]
    [DataRow("Photo", "Label", null, "Could not find label column 'Label'. The columns are 'Photo', 'Kind', 'Number'; name one of them with LabelColumnName.")]
    [DataRow("Photo", "Kind", "Weight", "Could not find weight column 'Weight'. The columns are 'Photo', 'Kind', 'Number'; name one of them with ExampleWeightColumnName.")]
    public void Trainer_WithoutAColumn_NamesThoseThatThereAre(string image, string label, string? weight, string expected)
    {
        MobileNetV2Trainer trainer = _context.MulticlassClassification.Trainers.MobileNetV2(label, image, exampleWeightColumnName: weight);

        Assert.StartsWith(expected, Refusal(() => trainer.Fit(_rows)));
        if (weight is null)
        {
            Assert.StartsWith(expected, Refusal(() => trainer.GetOutputSchema(SchemaShapes.Of(_rows))));
        }
    }

    [TestMethod]
    public void Columns_AreManyOrHidden_TheFirstTenAreNamed()
    {
        IDataView many = Enumerable.Range(0, 12).Aggregate(_rows, (rows, i) => _context.Transforms.CopyColumns($"C{i:00}", "Number").Fit(rows).Transform(rows));
        IDataView hidden = _context.Transforms.Conversion.ConvertType("Number", "Number", DataKind.Double).Fit(many).Transform(many);

        Assert.StartsWith(
            "Could not find input column 'Image'. The columns are 'Photo', 'Kind', 'Number', 'C00', 'C01', 'C02', 'C03', 'C04', 'C05', 'C06', …; name one of them with InputColumnName.",
            Refusal(() => _context.Transforms.MobileNetV2("Image").Fit(many)));
        Assert.DoesNotContain("'Number', 'Number'", Refusal(() => _context.Transforms.MobileNetV2("Image").Fit(hidden)));
    }

    [TestMethod]
    public void Regression_LabelsOfAnotherType_SaysHowToConvertThem() => Assert.StartsWith(
        "Schema mismatch for label column 'Number': expected Single, got Int32. Convert it with mlContext.Transforms.Conversion.ConvertType.",
        Refusal(() => _context.Regression.Trainers.MobileNetV2("Number", "Photo").Fit(_rows)));

    [TestMethod]
    public void Evaluate_WithoutAColumn_NamesThoseThatThereAre()
    {
        ITransformer nothing = new TransformerChain<ITransformer>();

        Assert.StartsWith(
            "Could not find label column 'Label'. The columns are 'Photo', 'Kind', 'Number'; name one of them with labelColumnName.",
            Refusal(() => _context.MulticlassClassification.Evaluate(nothing, _rows)));
        Assert.StartsWith(
            "Could not find predicted label column 'PredictedLabel'. The columns are 'Photo', 'Kind', 'Number'; name one of them with predictedLabelColumnName.",
            Refusal(() => _context.MulticlassClassification.Evaluate(nothing, _rows, labelColumnName: "Kind")));
    }

    private static string Refusal(Func<object> action) => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => action()).Message;

    private sealed class Row
    {
        public string Photo { get; set; } = "photo.jpg";

        public string Kind { get; set; } = "kind";

        public int Number { get; set; }
    }
}
