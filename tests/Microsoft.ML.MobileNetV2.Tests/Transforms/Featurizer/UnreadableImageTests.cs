using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Featurizer;

/// <summary>Images that are missing or broken: never scored silently wrong.</summary>
[TestClass]
public sealed class UnreadableImageTests
{
    private const int BrokenIndex = 2;
    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow("missing")]
    [DataRow("empty")]
    [DataRow("truncated")]
    [DataRow("text")]
    public void Throw_NamesRowColumnAndFile(string defect)
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, defect);
        using var transformer = CreateEstimator(UnreadableImageHandling.Throw).Fit(rows);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => transformer.Transform(rows).GetColumn<float[]>("Features").ToArray());

        Assert.Contains("Row 2, column 'Image': ", error.Message);
        Assert.Contains(folder.PathOf("broken.jpg"), error.Message);
        Assert.IsNotNull(error.InnerException);
    }

    [TestMethod]
    public void Throw_HappensOnlyWhenTheBrokenRowsFeaturesAreAskedFor()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "empty");
        using var transformer = CreateEstimator(UnreadableImageHandling.Throw).Fit(rows);
        IDataView output = transformer.Transform(rows);

        Assert.HasCount(5, output.GetColumn<string>("Label").ToArray());
        Assert.HasCount(BrokenIndex, _context.Data.TakeRows(output, BrokenIndex).GetColumn<float[]>("Features").ToArray());
    }

    [TestMethod]
    public void SkipRow_LeavesTheRowOutOfEveryColumnAndCountsIt()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "truncated");
        List<UnreadableImage> told = [];
        using var transformer = CreateEstimator(UnreadableImageHandling.SkipRow, told.Add).Fit(rows);

        IDataView output = transformer.Transform(rows);

        Assert.HasCount(4, output.GetColumn<float[]>("Features").ToArray());
        Assert.AreEqual(1, transformer.UnreadableImageCount);
        Assert.AreEqual((BrokenIndex, "Image"), (told.Single().RowIndex, told.Single().ColumnName));
        Assert.AreSequenceEqual(["0", "1", "3", "4"], output.GetColumn<string>("Label"));
        Assert.IsNull(output.GetRowCount(), "the count is unknown before the images are read");
    }

    [TestMethod]
    public void SkipRow_InASinglePrediction_Throws()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "text");
        using var transformer = CreateEstimator(UnreadableImageHandling.SkipRow).Fit(rows);
        using var engine = _context.Model.CreatePredictionEngine<PathExample, FeatureRow>(transformer);

        InvalidOperationException error = Assert.ThrowsExactly<InvalidOperationException>(
            () => engine.Predict(new PathExample { Image = folder.PathOf("broken.jpg") }));

        Assert.Contains("broken.jpg", error.Message);
    }

    [TestMethod]
    public void MissingFeatures_GivesNaNForTheRowAndCountsIt()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "missing");
        using var transformer = CreateEstimator(UnreadableImageHandling.ReturnNaN).Fit(rows);

        float[][] features = [.. transformer.Transform(rows).GetColumn<float[]>("Features")];

        AssertOnlyBrokenRowIsMissing(features);
        Assert.AreEqual(1, transformer.UnreadableImageCount);
    }

    [TestMethod]
    [DataRow(UnreadableImageHandling.ReturnNaN)]
    [DataRow(UnreadableImageHandling.SkipRow)]
    public void Loaded_GivesNaNForTheRow(UnreadableImageHandling handling)
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "truncated");
        using var transformer = CreateEstimator(handling).Fit(rows);
        _context.Model.Save(transformer, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        AssertOnlyBrokenRowIsMissing([.. loaded.Transform(rows).GetColumn<float[]>("Features")]);
    }

    [TestMethod]
    public void Loaded_OfAThrowingFeaturizer_ThrowsAndNamesTheFile()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder, "truncated");
        using var transformer = CreateEstimator(UnreadableImageHandling.Throw).Fit(rows);
        _context.Model.Save(transformer, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        Exception error = Assert.Throws<Exception>(() => loaded.Transform(rows).GetColumn<float[]>("Features").ToArray());
        Assert.Contains(folder.PathOf("broken.jpg"), error.ToString());
    }

    private static void AssertOnlyBrokenRowIsMissing(float[][] features)
    {
        for (int i = 0; i < features.Length; i++)
        {
            Assert.AreEqual(i == BrokenIndex, Array.TrueForAll(features[i], float.IsNaN), $"row {i}");
            Assert.AreEqual(i == BrokenIndex, Array.Exists(features[i], float.IsNaN), $"row {i}");
        }
    }

    private IDataView CreateRows(TemporaryFolder folder, string defect)
    {
        string[] paths = DiscImages.WriteMany(folder, 5);
        byte[] jpeg = DiscImages.Draw(1, 300, 200, SKEncodedImageFormat.Jpeg);
        paths[BrokenIndex] = defect switch
        {
            "missing" => folder.PathOf("broken.jpg"),
            "empty" => folder.Write("broken.jpg", []),
            "truncated" => folder.Write("broken.jpg", jpeg.AsSpan(0, jpeg.Length / 2)),
            _ => folder.Write("broken.jpg", "This is no image."u8),
        };
        return _context.Data.LoadFromEnumerable(
            paths.Select((path, index) => new PathExample { Image = path, Label = index.ToString(System.Globalization.CultureInfo.InvariantCulture) }).ToArray());
    }

    private MobileNetV2FeaturizerEstimator CreateEstimator(UnreadableImageHandling handling, Action<UnreadableImage>? tell = null) =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = 64,
            UnreadableImages = handling,
            OnUnreadableImage = tell,
        });
}
