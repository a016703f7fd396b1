using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>Our loader, which brings the parallel engine back.</summary>
[TestClass]
public sealed class LoadWithMobileNetV2Tests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    public void LoadWithMobileNetV2_OfAPipeline_BringsTheFeaturizerBackBitForBit()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder);
        var model = CreatePipeline(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = 65,
            Resize = ImageResizeMode.Pad,
            UnreadableImages = UnreadableImageHandling.SkipRow,
        }).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out DataViewSchema? schema);

        MobileNetV2FeaturizerTransformer featurizer = ((IEnumerable<ITransformer>)loaded).OfType<MobileNetV2FeaturizerTransformer>().Single();
        Assert.AreEqual(65, featurizer.Preprocessing.InputSize);
        Assert.AreEqual(ImageResizeMode.Pad, featurizer.Preprocessing.Resize);
        Assert.AreEqual(UnreadableImageHandling.SkipRow, featurizer.Network.Settings.UnreadableImages);
        Assert.AreSequenceEqual(rows.Schema.Select(column => column.Name), schema!.Select(column => column.Name));
        float[][] expected = [.. model.Transform(rows).GetColumn<float[]>("Score")];
        float[][] actual = [.. loaded.Transform(rows).GetColumn<float[]>("Score")];
        Assert.AreSequenceEqual(expected.SelectMany(scores => scores), actual.SelectMany(scores => scores));
    }

    [TestMethod]
    public void LoadWithMobileNetV2_ThenSaveAndLoadAgain_ChangesNothing()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder);
        var model = CreatePipeline(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64 }).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("first.zip"));

        ITransformer loaded = _context.Model.LoadWithMobileNetV2(folder.PathOf("first.zip"), out DataViewSchema? schema);
        _context.Model.Save(loaded, schema, folder.PathOf("second.zip"));
        ITransformer again = _context.Model.LoadWithMobileNetV2(folder.PathOf("second.zip"), out _);

        Assert.AreSequenceEqual(
            model.Transform(rows).GetColumn<float[]>("Score").SelectMany(scores => scores),
            again.Transform(rows).GetColumn<float[]>("Score").SelectMany(scores => scores));
    }

    [TestMethod]
    public void LoadWithMobileNetV2_OfAModelWithoutAFeaturizer_LoadsItAsItIs()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows(folder);
        var model = _context.Transforms.Conversion.MapValueToKey("Label").Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _);

        Assert.AreSequenceEqual(model.Transform(rows).GetColumn<uint>("Label"), loaded.Transform(rows).GetColumn<uint>("Label"));
    }

    private IDataView CreateRows(TemporaryFolder folder) => _context.Data.LoadFromEnumerable(DiscImages.WriteMany(folder, 10)
        .Select((path, index) => new PathExample { Image = path, Label = index % 3 == 0 ? "third" : "other" }).ToArray());

    private EstimatorChain<ITransformer> CreatePipeline(MobileNetV2FeaturizerOptions options) => new EstimatorChain<ITransformer>()
        .Append(_context.Transforms.Conversion.MapValueToKey("Label"))
        .Append(_context.Transforms.MobileNetV2(options))
        .Append((IEstimator<ITransformer>)_context.MulticlassClassification.Trainers.LbfgsMaximumEntropy());
}
