using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>Steps behind a trained model: a classifier gives the same scores and labels as the pipeline, or names the step that it would leave out.</summary>
[TestClass]
public sealed class StepsAfterClassifierTests : IDisposable
{
    /// <summary>Steps behind the model, with the one that changes scores or labels; null where none does.</summary>
    private static readonly Dictionary<string, (Func<MLContext, IEstimator<ITransformer>> Steps, string? Changing)> All = new()
    {
        ["labels as values"] = (context => context.Transforms.Conversion.MapKeyToValue("PredictedLabel"), null),
        ["labels in a column of their own"] = (context => context.Transforms.Conversion.MapKeyToValue("Name", "PredictedLabel"), null),
        ["scores copied"] = (context => context.Transforms.CopyColumns("Copy", "Score"), null),
        ["scores normalized in another column"] = (context => context.Transforms.NormalizeMinMax("Normalized", "Score"), null),
        ["scores among others"] = (context => context.Transforms.Concatenate("All", "Score"), null),
        ["columns dropped"] = (context => context.Transforms.DropColumns("Label"), null),
        ["scores normalized"] = (context => context.Transforms.NormalizeMinMax("Score"), "Normalize"),
        ["scores of unit length"] = (context => context.Transforms.NormalizeLpNorm("Score"), "NormalizeLpNorm"),
        ["scores replaced"] = (context => context.Transforms.CopyColumns("Old", "Score").Append(context.Transforms.ReplaceMissingValues("Score", "Old")), "ReplaceMissingValues"),
        ["scores mapped"] = (context => context.Transforms.CustomMapping(new Halve().GetMapping(), Halve.Contract), "CustomMapping"),
        ["scores normalized by way of a name of ours"] = (context => context.Transforms.CopyColumns("MobileNetV2.T", "Score")
            .Append(context.Transforms.NormalizeMinMax("Score", "MobileNetV2.T")), "Normalize"),
        ["scores normalized under a name of ours"] = (context => context.Transforms.CopyColumns("MobileNetV2.T", "Score")
            .Append(context.Transforms.NormalizeMinMax("MobileNetV2.T")).Append(context.Transforms.CopyColumns("Score", "MobileNetV2.T")), "CopyColumns"),
        ["labels renamed"] = (context => context.Transforms.Conversion.MapKeyToValue("PredictedLabel")
            .Append(context.Transforms.Conversion.MapValue("PredictedLabel", new Dictionary<string, string> { ["few"] = "many", ["many"] = "few", ["some"] = "some" }, "PredictedLabel")), "MapValue"),
        ["labels as vectors"] = (context => context.Transforms.Conversion.MapKeyToVector("PredictedLabel"), "MapKeyToVector"),
        ["a trainer on the scores"] = (context => context.Transforms.Conversion.MapValueToKey("Label")
            .Append(context.MulticlassClassification.Trainers.NaiveBayes(featureColumnName: "Score")), "MulticlassPredXfer"),
    };

    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly IDataView _rows;

    public StepsAfterClassifierTests()
    {
        _context.ComponentCatalog.RegisterAssembly(typeof(StepsAfterClassifierTests).Assembly);
        _rows = TrainedModels.CreateRows(_context, 6);
    }

    public static IEnumerable<object[]> Steps => All.Keys.Select(name => new object[] { name });

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Classifier_BeforeStockSteps_GivesThePipelinesResultOrNamesTheStep(string name)
    {
        (Func<MLContext, IEstimator<ITransformer>> steps, string? changing) = All[name];
        using ImageClassifier alone = ImageClassifier.Load(new MemoryStream(SavedZips.New()));
        foreach (bool byStock in new[] { false, true })
        {
            ITransformer model = LoadTrained(byStock);
            ITransformer step = steps(_context).Fit(model.Transform(_rows));
            using TransformerChain<ITransformer> extended = new(model, step);
            _context.Model.Save(extended, _rows.Schema, _folder.PathOf("model.zip"));
            List<Func<ImageClassifier>> ways = [() => ImageClassifier.Load(_folder.PathOf("model.zip")), () => _context.Model.CreateImageClassifier(_context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _))];
            if (!byStock)
            {
                ways.Add(() => _context.Model.CreateImageClassifier(extended));
            }

            foreach (Func<ImageClassifier> create in ways)
            {
                if (changing is null)
                {
                    using ImageClassifier classifier = create();
                    Assert.AreSequenceEqual(alone.Predict(TrainedModels.Source(1)).Scores, classifier.Predict(TrainedModels.Source(1)).Scores);
                }
                else
                {
                    Exception refusal = Assert.Throws<Exception>(create);
                    Assert.IsTrue(refusal is ArgumentException or InvalidDataException, $"{refusal}");
                    Assert.Contains($"its step {changing} behind the network", refusal.Message);
                }
            }
        }
    }

    [TestMethod]
    public void Classifier_OfATrainedModelBesideClassScores_IsTheTrainedOne()
    {
        ITransformer trained = LoadTrained(byStock: false);
        using MobileNetV2FeaturizerTransformer classes = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            OutputColumnName = "ImageNet",
            Weights = SyntheticNetwork.CreateWithClasses(),
            InputSize = TrainedModels.InputSize,
            Output = MobileNetV2Output.ClassScores,
        }).Fit(_rows);

        foreach (TransformerChain<ITransformer> model in new TransformerChain<ITransformer>[] { new(classes, trained), new(trained, classes) })
        {
            _context.Model.Save(model, _rows.Schema, _folder.PathOf("model.zip"));
            using ImageClassifier inMemory = _context.Model.CreateImageClassifier(model);
            using ImageClassifier saved = ImageClassifier.Load(_folder.PathOf("model.zip"));

            Assert.AreSequenceEqual(["few", "many", "some"], inMemory.Classes);
            Assert.AreSequenceEqual(["few", "many", "some"], saved.Classes);
        }
    }

    [TestMethod]
    public void Classifier_OfClassScoresThatATrainerLearnsFrom_NamesTheTrainer()
    {
        using var model = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
            {
                InputColumnName = "Image",
                Weights = SyntheticNetwork.CreateWithClasses(),
                InputSize = TrainedModels.InputSize,
                Output = MobileNetV2Output.ClassScores,
            }))
            .Append(_context.MulticlassClassification.Trainers.NaiveBayes())
            .Fit(_rows);
        _context.Model.Save(model, _rows.Schema, _folder.PathOf("model.zip"));

        Assert.Contains("its step MulticlassPredXfer behind the network", Assert.ThrowsExactly<ArgumentException>(() => _context.Model.CreateImageClassifier(model)).Message);
        Assert.Contains("its step MulticlassPredXfer behind the network", Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(_folder.PathOf("model.zip"))).Message);
    }

    private ITransformer LoadTrained(bool byStock)
    {
        string path = _folder.Write("trained.zip", SavedZips.New());
        return byStock ? _context.Model.LoadStock(path, out _) : _context.Model.LoadWithMobileNetV2(path, out _);
    }

    [CustomMappingFactoryAttribute(Contract)]
    private sealed class Halve : CustomMappingFactory<Halve.Row, Halve.Row>
    {
        internal const string Contract = "Tests.Halve";

        public override Action<Row, Row> GetMapping() => (row, output) => output.Score = [.. row.Score.Select(score => score / 2)];

        internal sealed class Row
        {
            public float[] Score { get; set; } = [];
        }
    }
}
