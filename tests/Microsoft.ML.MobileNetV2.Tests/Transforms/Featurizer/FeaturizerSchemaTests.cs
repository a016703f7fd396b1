using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Featurizer;

[TestClass]
public sealed class FeaturizerSchemaTests
{
    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(0.35f, 1280)]
    [DataRow(1.3f, 1664)]
    [DataRow(1.4f, 1792)]
    public void GetOutputSchema_GivesOneDimensionOfFeatureCount(float widthMultiplier, int featureCount)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Array.Empty<PathExample>());
        using var transformer = _context.Transforms.MobileNetV2("Features", "Image", SyntheticNetwork.Create(widthMultiplier)).Fit(rows);

        VectorDataViewType type = (VectorDataViewType)transformer.GetOutputSchema(rows.Schema)["Features"].Type;

        Assert.AreEqual(NumberDataViewType.Single, type.ItemType);
        Assert.AreSequenceEqual([featureCount], type.Dimensions);
    }

    [TestMethod]
    public void Fit_WithoutTheColumn_NamesIt()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Array.Empty<PathExample>());

        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.Transforms.MobileNetV2("Features", "Photo").Fit(rows));

        Assert.Contains("Could not find input column 'Photo'", error.Message);
    }

    [TestMethod]
    public void GetOutputSchema_OfAnUnsuitableColumn_NamesItAndBothTypes()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Array.Empty<PathExample>());
        MobileNetV2FeaturizerEstimator estimator = _context.Transforms.MobileNetV2("Features", "Number");
        string expected = "Schema mismatch for input column 'Number': expected image, text (a path), variable vector of Byte (an encoded image) " +
            "or vector of Single (pixels), got Single";

        Assert.Contains(expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.Fit(rows)).Message);
        Assert.Contains(
            expected, Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => estimator.GetOutputSchema(SchemaShapes.Of(rows))).Message);
    }

    [TestMethod]
    public void Fit_OnPixelsOfAnotherSize_SaysWhichSizeFits()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Array.Empty<PathExample>());
        IDataView pixels = _context.Transforms.LoadImages("Image", imageFolder: null, "Image")
            .Append(_context.Transforms.ResizeImages("Image", 64, 64))
            .Append(_context.Transforms.ExtractPixels("Image"))
            .Fit(rows).Transform(rows);

        ArgumentOutOfRangeException error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(
            () => _context.Transforms.MobileNetV2("Features", "Image").Fit(pixels));

        Assert.Contains("expected a vector of 110592 pixel values (red, green and blue, as ExtractPixels gives: shape (3, 192, 192), or (192, 192, 3) interleaved)", error.Message);
        Assert.Contains("got shape (3, 64, 64)", error.Message);
    }

    [TestMethod]
    public void MobileNetV2_WithSeveralBadOptions_ListsAllOfThem()
    {
        MobileNetV2FeaturizerOptions options = new()
        {
            OutputColumnName = string.Empty,
            InputSize = 31,
            MaxDegreeOfParallelism = 0,
            Output = MobileNetV2Output.ClassScores,
            Weights = MobileNetV2Weights.BundledSmall,
        };

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => _context.Transforms.MobileNetV2(options));

        Assert.StartsWith(
            "The options are not valid: OutputColumnName is empty. InputSize is 31; expected 32 to 4096. MaxDegreeOfParallelism is 0; expected 1 to 1024. " +
            "Output is ClassScores, but the weights 'BundledSmall' have no classifier.",
            error.Message);
        Assert.AreEqual("options", error.ParamName);
    }

    [TestMethod]
    public void ClassScores_CarryTheClassNamesAsSlotNames_BeforeAndAfterLoading()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(
            DiscImages.WriteMany(folder, 3).Select(path => new PathExample { Image = path }).ToArray());
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);
        string[] names = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount).Select(index => $"class {index}")];
        using var transformer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = "Score",
            InputColumnName = "Image",
            InputSize = 48,
            Output = MobileNetV2Output.ClassScores,
            Weights = weights.WithDescription(weights.Description with { ClassNames = names }),
        }).Fit(rows);
        _context.Model.Save(transformer, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        foreach (ITransformer each in new[] { transformer, loaded })
        {
            IDataView output = each.Transform(rows);
            VBuffer<ReadOnlyMemory<char>> slotNames = default;
            output.Schema["Score"].GetSlotNames(ref slotNames);
            Assert.AreSequenceEqual(names, slotNames.DenseValues().Select(name => name.ToString()));
            foreach (float[] scores in output.GetColumn<float[]>("Score"))
            {
                Assert.AreEqual(1, scores.Sum(), 1e-5, "probabilities add up to 1");
            }
        }
    }

    [TestMethod]
    public void ClassScores_OfTheDefaultWeights_AreNamedAfterImageNetsClasses()
    {
        var estimator = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            OutputColumnName = "Score",
            Output = MobileNetV2Output.ClassScores,
        });

        using var transformer = estimator.Fit(_context.Data.LoadFromEnumerable(Array.Empty<PathExample>()));

        DataViewSchema schema = transformer.GetOutputSchema(_context.Data.LoadFromEnumerable(Array.Empty<PathExample>()).Schema);
        VBuffer<ReadOnlyMemory<char>> slotNames = default;
        schema["Score"].GetSlotNames(ref slotNames);
        Assert.AreSequenceEqual(["background", .. ImageNetClasses.Names], slotNames.DenseValues().Select(name => name.ToString()));
    }

    [TestMethod]
    public void Features_OfWeightsWithNamedClasses_AreSavedWithoutTheNames()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(
            DiscImages.WriteMany(folder, 1).Select(path => new PathExample { Image = path }).ToArray());
        using var transformer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        _context.Model.Save(transformer, rows.Schema, folder.PathOf("model.zip"));

        ITransformer loaded = _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _);

        Assert.AreSequenceEqual(
            transformer.Transform(rows).GetColumn<float[]>("Features").Single(), loaded.Transform(rows).GetColumn<float[]>("Features").Single());
    }

    [TestMethod]
    public void Transform_AfterDispose_IsRefused()
    {
        using TemporaryFolder folder = new();
        IDataView rows = _context.Data.LoadFromEnumerable(
            DiscImages.WriteMany(folder, 3).Select(path => new PathExample { Image = path }).ToArray());
        var transformer = _context.Transforms.MobileNetV2("Features", "Image").Fit(rows);
        _ = transformer.Transform(rows).GetColumn<float[]>("Features").Count();

        transformer.Dispose();
        transformer.Dispose();

        Exception error = Assert.Throws<Exception>(() => transformer.Transform(rows).GetColumn<float[]>("Features").ToArray());
        Assert.IsInstanceOfType<ObjectDisposedException>(error.GetBaseException());
    }
}
