using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>A saved model in another process that knows only ML.NET and makes no call of ours.</summary>
[TestClass]
public sealed class FreshProcessTests
{
    /// <summary>Another number of threads may sum in another order, and the trainer's scores pass on the difference.</summary>
    private const double SavedTolerance = 1e-5;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public async Task Load_OfAWholePipeline_GivesTheSameScores()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 12);
        IDataView rows = _context.Data.LoadFromEnumerable(
            paths.Select((path, index) => new PathExample { Image = path, Label = index % 3 == 0 ? "third" : "other" }).ToArray());
        var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.MobileNetV2("Features", "Image"))
            .Append(_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy())
            .Append(_context.Transforms.Conversion.MapKeyToValue("PredictedLabel"))
            .Fit(rows);
        float[][] expected = [.. Microsoft.ML.Data.ColumnCursorExtensions.GetColumn<float[]>(model.Transform(rows), "Score")];
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));

        float[][] actual = await FreshProcess.ReadColumnAsync(folder.PathOf("model.zip"), "Score", paths).ConfigureAwait(false);

        Assert.HasCount(expected.Length, actual);
        foreach ((float[] expectedRow, float[] actualRow) in expected.Zip(actual))
        {
            Assert.HasCount(2, actualRow);
            Assert.AreEqual(expectedRow[0], actualRow[0], SavedTolerance);
            Assert.AreEqual(expectedRow[1], actualRow[1], SavedTolerance);
        }
    }
}
