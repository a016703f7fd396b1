using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Transforms.Image;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>The network after ML.NET's own image steps: each row has the features of its own image, whatever runs the model.</summary>
[TestClass]
public sealed class ImageCompositionTests : IDisposable
{
    /// <summary>Pixels that are scaled, and sums in another order, differ by rounding.</summary>
    private const float Tolerance = 3e-5f * 6;

    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly PathExample[] _examples;
    private readonly IDataView _rows;

    public ImageCompositionTests()
    {
        string[] paths = [.. Enumerable.Range(0, 12).Select(seed => _folder.Write($"{seed}.png", DiscImages.Draw(seed, ImageSteps.Size, ImageSteps.Size, discCount: TrainedModels.DiscCount(seed))))];

        // More rows than the engine has slots, so that each slot is used again.
        _examples = [.. Enumerable.Range(0, 60).Select(row => new PathExample { Image = paths[row * 7 % paths.Length], Label = TrainedModels.LabelOf(row * 7 % paths.Length), Number = row })];
        _rows = _context.Data.LoadFromEnumerable(_examples);
    }

    public static IEnumerable<object[]> Steps => ImageSteps.All.Keys.Select(steps => new object[] { steps });

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Featurizer_AfterStockSteps_GivesEachRowTheFeaturesOfItsImage(string steps)
    {
        float[][] expected = ComputeTruth(steps);
        foreach (int threads in new[] { 1, 4 })
        {
            using TransformerChain<ITransformer> model = Chain(steps, Featurizer(steps, threads)).Fit(_rows);

            AssertClose(expected, model.Transform(_rows).GetColumn<float[]>("Features"));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Featurizer_SavedAndLoaded_GivesTheSameByBothLoadersAndInAPredictionEngine(string steps)
    {
        float[][] expected = ComputeTruth(steps);
        using TransformerChain<ITransformer> model = Chain(steps, Featurizer(steps, threads: 4)).Fit(_rows);
        _context.Model.Save(model, _rows.Schema, _folder.PathOf("model.zip"));

        ITransformer stock = _context.Model.LoadStock(_folder.PathOf("model.zip"), out _);
        ITransformer ours = _context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _);

        AssertClose(expected, stock.Transform(_rows).GetColumn<float[]>("Features"));
        AssertClose(expected, ours.Transform(_rows).GetColumn<float[]>("Features"));
        Assert.AreSequenceEqual(
            stock.GetOutputSchema(_rows.Schema).Select(column => $"{column.Name} {column.Type}"),
            ours.GetOutputSchema(_rows.Schema).Select(column => $"{column.Name} {column.Type}"));
        using var engine = _context.Model.CreatePredictionEngine<PathExample, FeatureRow>(model, new PredictionEngineOptions { OwnsTransformer = false });
        AssertClose(expected[..5], _examples.Take(5).Select(example => engine.Predict(example).Features));
    }

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Trainer_AfterStockSteps_LearnsEachImagesLabel(string steps)
    {
        foreach (int threads in new[] { 1, 4 })
        {
            MobileNetV2Trainer trainer = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
            {
                ImageColumnName = ImageSteps.Output,
                InputSize = ImageSteps.Size,
                PixelRange = ImageSteps.RangeOf(steps),
                MaxDegreeOfParallelism = threads,
                Head = new() { Epochs = 40 },
            });
            using TransformerChain<ITransformer> model = Chain(steps, trainer).Fit(_rows);
            _context.Model.Save(model, _rows.Schema, _folder.PathOf("model.zip"));

            Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(model, _rows).MicroAccuracy, $"{threads} threads");
            Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(_context.Model.LoadStock(_folder.PathOf("model.zip"), out _), _rows).MicroAccuracy);
            Assert.AreEqual(1, _context.MulticlassClassification.Evaluate(_context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _), _rows).MicroAccuracy);
        }
    }

    private static void AssertClose(float[][] expected, IEnumerable<float[]> actual)
    {
        float[][] found = [.. actual];
        Assert.HasCount(expected.Length, found);
        for (int row = 0; row < expected.Length; row++)
        {
            Assert.IsLessThan(Tolerance, expected[row].Zip(found[row]).Max(pair => Math.Abs(pair.First - pair.Second)), $"row {row}");
        }
    }

    /// <summary>Runs the network on one image after another, as ML.NET's steps alone make them.</summary>
    private float[][] ComputeTruth(string steps)
    {
        using MobileNetV2Engine engine = new(new() { InputSize = ImageSteps.Size, Resize = ImageResizeMode.Stretch });
        IDataView stock = ImageSteps.All[steps](_context).Fit(_rows).Transform(_rows);
        if (stock.Schema[ImageSteps.Output].Type is not ImageDataViewType)
        {
            return [.. _examples.Select(example => engine.Run(example.Image))];
        }

        List<float[]> outputs = [];
        using DataViewRowCursor cursor = stock.GetRowCursor([stock.Schema[ImageSteps.Output]]);
        ValueGetter<MLImage> getter = cursor.GetGetter<MLImage>(stock.Schema[ImageSteps.Output]);
        MLImage image = null!;
        while (cursor.MoveNext())
        {
            getter(ref image);
            outputs.Add(engine.Run(ImageSource.FromImage(image)));
        }

        return [.. outputs];
    }

    private EstimatorChain<ITransformer> Chain(string steps, IEstimator<ITransformer> last) =>
        new EstimatorChain<ITransformer>().Append(ImageSteps.All[steps](_context)).Append(last);

    private MobileNetV2FeaturizerEstimator Featurizer(string steps, int threads) => _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        InputColumnName = ImageSteps.Output,
        InputSize = ImageSteps.Size,
        Resize = ImageResizeMode.Stretch,
        PixelRange = ImageSteps.RangeOf(steps),
        MaxDegreeOfParallelism = threads,
    });
}
