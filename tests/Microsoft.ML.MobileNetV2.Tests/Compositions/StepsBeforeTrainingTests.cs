using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>A training that starts from a pipeline, or learns from one, takes its network and head alone: other steps in it are named.</summary>
[TestClass]
public sealed class StepsBeforeTrainingTests : IDisposable
{
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly IDataView _rows;

    public StepsBeforeTrainingTests() => _rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 6).Select(seed => new PathExample
    {
        Image = _folder.Write($"{seed}.png", DiscImages.Draw(seed, ImageSteps.Size, ImageSteps.Size)),
        Label = TrainedModels.LabelOf(seed),
    }).ToArray());

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("gray", "ConvertToGrayscale")]
    [DataRow("smaller", "ResizeImages")]
    [DataRow("planes", "ExtractPixels")]
    public void Fit_FromAPipelineThatChangesImages_NamesTheStep(string steps, string changing)
    {
        IEstimator<ITransformer> images = ImageSteps.All[steps](_context);
        using var pipeline = new EstimatorChain<ITransformer>().Append(images).Append(Trainer()).Fit(_rows);
        _context.Model.Save(pipeline, _rows.Schema, _folder.PathOf("model.zip"));
        IDataView changed = images.Fit(_rows).Transform(_rows);

        foreach (ITransformer model in new[] { pipeline, _context.Model.LoadStock(_folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _) })
        {
            Assert.Contains($"its step {changing} writes the column '{ImageSteps.Output}'", Refuse(changed, initial: model));
            Assert.Contains($"its step {changing} writes the column '{ImageSteps.Output}'", Refuse(changed, teacher: model));
        }

        using var alone = Trainer(initial: pipeline.Last(), teacher: pipeline.Last()).Fit(changed);
        Assert.AreSequenceEqual(((MobileNetV2PredictionTransformer)pipeline.Last()).ClassNames, alone.ClassNames);
    }

    [TestMethod]
    public void Fit_FromAPipelineThatChangesFeatures_NamesTheStep()
    {
        var featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            OutputColumnName = ImageSteps.Output,
            InputSize = ImageSteps.Size,
            Weights = MobileNetV2Weights.BundledSmall,
        });
        using var plain = new EstimatorChain<ITransformer>().Append(featurizer).Append(Trainer()).Fit(_rows);
        using var normalized = new EstimatorChain<ITransformer>().Append(featurizer).Append(_context.Transforms.NormalizeMinMax(ImageSteps.Output)).Append(Trainer()).Fit(_rows);
        IDataView features = plain.First().Transform(_rows);

        using var continued = Trainer(initial: plain).Fit(features);
        string refusal = Refuse(features, initial: normalized);

        Assert.AreSequenceEqual(["few", "many", "some"], continued.ClassNames);
        Assert.Contains($"its step Normalize writes the column '{ImageSteps.Output}', which the trained head takes", refusal);
    }

    [TestMethod]
    public void Fit_FromATeacherWhoseScoresAreChanged_NamesTheStep()
    {
        IDataView loaded = ImageSteps.All["images"](_context).Fit(_rows).Transform(_rows);
        using var trained = Trainer().Fit(loaded);
        using TransformerChain<ITransformer> scaled = new(trained, _context.Transforms.NormalizeLpNorm("Score").Fit(trained.Transform(loaded)));

        string refusal = Refuse(loaded, teacher: scaled);

        Assert.Contains("Distillation.Teacher is a pipeline that gives other scores than its network: its step NormalizeLpNorm", refusal);
    }

    private string Refuse(IDataView rows, ITransformer? initial = null, ITransformer? teacher = null) =>
        Assert.ThrowsExactly<ArgumentException>(() => Trainer(initial, teacher).Fit(rows)).Message;

    private MobileNetV2Trainer Trainer(ITransformer? initial = null, ITransformer? teacher = null) => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        ImageColumnName = ImageSteps.Output,
        InputSize = initial is null ? ImageSteps.Size : null,
        Weights = initial is null ? MobileNetV2Weights.BundledSmall : null,
        InitialModel = initial,
        Distillation = teacher is null ? null : new() { Teacher = teacher },
        Head = new() { Epochs = 2 },
    });
}
