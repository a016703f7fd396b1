using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>The four forms in which images come.</summary>
[TestClass]
public sealed class FeaturizerInputTests
{
    private const int InputSize = 64;

    /// <summary>A saved model runs the same graph with another number of threads; pixels that need no resizing are normalized in another order.</summary>
    /// <summary>Between this library's kernels and ONNX Runtime, which executes the saved chain: 2e-5 of the largest feature, 6.</summary>
    private const double RuntimeTolerance = 2e-5 * 6;

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Transform_OfAPathBytesAndAnImage_GivesTheSameFeatures()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = DiscImages.Draw(7);
        string path = folder.Write("7.png", encoded);
        using MLImage image = MLImage.CreateFromFile(path);

        float[] fromPath = Featurize(new PathExample { Image = path });

        Assert.AreSequenceEqual(fromPath, Featurize(new EncodedExample { Image = encoded }));
        Assert.AreSequenceEqual(fromPath, Featurize(new MemoryExample { Image = image }));
        Assert.IsGreaterThan(100, fromPath.Count(value => value > 0), "features that are not zero");
    }

    [TestMethod]
    public void Transform_OfPixelsFromExtractPixels_GivesTheFeaturesOfTheImage()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("7.png", DiscImages.Draw(7, InputSize, InputSize));
        IDataView rows = _context.Data.LoadFromEnumerable([new PathExample { Image = path }]);
        var stock = _context.Transforms.LoadImages("Image", imageFolder: null, "Image")
            .Append(_context.Transforms.ResizeImages("Image", InputSize, InputSize))
            .Append(_context.Transforms.ExtractPixels("Image"));
        IDataView pixels = stock.Fit(rows).Transform(rows);
        using var transformer = CreateEstimator(ImageResizeMode.Stretch).Fit(pixels);

        float[] features = transformer.Transform(pixels).GetColumn<float[]>("Features").Single();

        AssertClose(Featurize(new PathExample { Image = path }, ImageResizeMode.Stretch), features);
    }

    [TestMethod]
    public void Transform_OfImagesFromLoadImages_GivesTheFeaturesOfTheFiles()
    {
        using TemporaryFolder folder = new();
        string[] paths = DiscImages.WriteMany(folder, 20);
        IDataView rows = _context.Data.LoadFromEnumerable(paths.Select(path => new PathExample { Image = path }).ToArray());
        var pipeline = _context.Transforms.LoadImages("Image", imageFolder: null, "Image").Append(CreateEstimator());

        float[][] features = [.. pipeline.Fit(rows).Transform(rows).GetColumn<float[]>("Features")];

        foreach ((string path, float[] actual) in paths.Zip(features))
        {
            Assert.AreSequenceEqual(Featurize(new PathExample { Image = path }), actual);
        }
    }

    [TestMethod]
    public void Transform_ReadsNoRowBeforeACursorIsMoved()
    {
        using TemporaryFolder folder = new();
        int read = 0;
        IDataView rows = _context.Data.LoadFromEnumerable(DiscImages.WriteMany(folder, 20).Select(path =>
        {
            read++;
            return new PathExample { Image = path };
        }));
        using var transformer = CreateEstimator().Fit(rows);

        IDataView output = transformer.Transform(rows);
        using DataViewRowCursor cursor = output.GetRowCursor(output.Schema);

        Assert.AreEqual(0, read);
        Assert.IsTrue(cursor.MoveNext());
        Assert.IsGreaterThan(0, read);
    }

    [TestMethod]
    public void SaveAndLoad_WorksForEachFormOfImages()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = DiscImages.Draw(3, InputSize, InputSize);
        string path = folder.Write("3.png", encoded);
        using MLImage image = MLImage.CreateFromFile(path);

        AssertSavedIsEqual(folder, new PathExample { Image = path });
        AssertSavedIsEqual(folder, new EncodedExample { Image = encoded });
        AssertSavedIsEqual(folder, new MemoryExample { Image = image });
        AssertSavedIsEqual(folder, new PixelExample { Image = [.. Enumerable.Range(0, 3 * InputSize * InputSize).Select(i => (float)(i % 256))] });
    }

    [TestMethod]
    public void PredictionEngine_MakesPredictionsBeforeAndAfterLoading()
    {
        using TemporaryFolder folder = new();
        byte[] encoded = DiscImages.Draw(3);
        IDataView rows = _context.Data.LoadFromEnumerable([new EncodedExample { Image = encoded }]);
        using var transformer = CreateEstimator().Fit(rows);
        _context.Model.Save(transformer, rows.Schema, folder.PathOf("model.zip"));
        ITransformer loaded = _context.Model.LoadStock(folder.PathOf("model.zip"), out _);

        using var before = _context.Model.CreatePredictionEngine<EncodedExample, FeatureRow>(transformer);
        using var after = _context.Model.CreatePredictionEngine<EncodedExample, FeatureRow>(loaded);

        float[] expected = Featurize(new EncodedExample { Image = encoded });
        Assert.AreSequenceEqual(expected, before.Predict(new EncodedExample { Image = encoded }).Features);
        AssertClose(expected, after.Predict(new EncodedExample { Image = encoded }).Features);
    }

    private static void AssertClose(float[] expected, float[] actual)
    {
        Assert.HasCount(expected.Length, actual);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], RuntimeTolerance);
        }
    }

    private void AssertSavedIsEqual<TRow>(TemporaryFolder folder, TRow row)
        where TRow : class
    {
        IDataView rows = _context.Data.LoadFromEnumerable([row]);
        using var transformer = CreateEstimator().Fit(rows);
        string path = folder.PathOf($"{typeof(TRow).Name}.zip");
        _context.Model.Save(transformer, rows.Schema, path);

        ITransformer loaded = _context.Model.LoadStock(path, out _);

        AssertClose(Featurize(row), loaded.Transform(rows).GetColumn<float[]>("Features").Single());
    }

    private float[] Featurize<TRow>(TRow row, ImageResizeMode resize = ImageResizeMode.CenterCrop)
        where TRow : class
    {
        IDataView rows = _context.Data.LoadFromEnumerable([row]);
        using var transformer = CreateEstimator(resize).Fit(rows);
        return transformer.Transform(rows).GetColumn<float[]>("Features").Single();
    }

    private MobileNetV2FeaturizerEstimator CreateEstimator(ImageResizeMode resize = ImageResizeMode.CenterCrop) =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = InputSize, Resize = resize });
}
