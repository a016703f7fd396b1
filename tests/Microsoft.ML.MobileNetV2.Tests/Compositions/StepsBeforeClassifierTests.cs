using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Transforms;
using Microsoft.ML.Transforms.Image;
using Microsoft.ML.Transforms.Text;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>A classifier executes the network alone: it gives the pipeline's scores, or refuses the step that it would leave out.</summary>
[TestClass]
public sealed class StepsBeforeClassifierTests : IDisposable
{
    private const string Input = ImageSteps.Output;
    private const int Size = ImageSteps.Size;

    /// <summary>Steps that make the network's column, with the one that changes images; null where none does.</summary>
    private static readonly Dictionary<string, (Func<MLContext, IEstimator<ITransformer>[]> Steps, string? Changing)> All = new()
    {
        ["paths"] = (context => [context.Transforms.CopyColumns(Input, "Image")], null),
        ["paths that are computed"] = (context => [context.Transforms.Text.NormalizeText(Input, "Image", TextNormalizingEstimator.CaseMode.None, keepPunctuations: true)], null),
        ["bytes"] = (context => [context.Transforms.LoadRawImageBytes(Input, string.Empty, "Image")], null),
        ["images"] = (context => [Load(context, Input)], null),
        ["copied"] = (context => [Load(context, "Loaded"), context.Transforms.CopyColumns("Copy", "Loaded"), context.Transforms.CopyColumns(Input, "Copy")], null),
        ["another column resized"] = (context => [Load(context, Input), context.Transforms.ResizeImages("Small", Size / 2, Size / 2, Input)], null),
        ["another column of pixels"] = (context => [Load(context, Input), context.Transforms.ResizeImages("Small", Size, Size, Input), context.Transforms.ExtractPixels("Pixels", "Small"), context.Transforms.ReplaceMissingValues("Pixels")], null),
        ["label as key"] = (context => [context.Transforms.Conversion.MapValueToKey("Label"), Load(context, Input)], null),
        ["label that is named as the column"] = (context => [Load(context, Input), context.Transforms.Conversion.MapValue("Label", new Dictionary<string, string> { ["few"] = Input }, "Label"), context.Transforms.Categorical.OneHotEncoding("Label")], null),
        ["numbers"] = (context => [Load(context, Input), context.Transforms.NormalizeMinMax("Number"), context.Transforms.Concatenate("Numbers", "Number"), context.Transforms.DropColumns("Number")], null),
        ["resized"] = (context => [Load(context, Input), context.Transforms.ResizeImages(Input, Size, Size)], "ResizeImages"),
        ["resized, then copied"] = (context => [Load(context, "Loaded"), context.Transforms.ResizeImages("Small", Size, Size, "Loaded"), context.Transforms.CopyColumns(Input, "Small")], "ResizeImages"),
        ["gray"] = (context => [Load(context, Input), context.Transforms.ConvertToGrayscale(Input)], "ConvertToGrayscale"),
        ["gray, over a plain image"] = (context => [Load(context, Input), context.Transforms.ConvertToGrayscale("Gray", Input), context.Transforms.CopyColumns(Input, "Gray")], "ConvertToGrayscale"),
        ["pixels"] = (context => [.. Squares(context), context.Transforms.ExtractPixels(Input)], "ExtractPixels"),
        ["pixels in another order"] = (context => [.. Squares(context), context.Transforms.ExtractPixels(Input, orderOfExtraction: ImagePixelExtractingEstimator.ColorsOrder.ABGR)], "ExtractPixels"),
        ["pixels, interleaved"] = (context => [.. Squares(context), context.Transforms.ExtractPixels(Input, interleavePixelColors: true)], "ExtractPixels"),
        ["pixels with replaced values"] = (context => [.. Squares(context), context.Transforms.ExtractPixels(Input), context.Transforms.ReplaceMissingValues(Input)], "ReplaceMissingValues"),
        ["pixels as images"] = (context => [.. Squares(context), context.Transforms.ExtractPixels("Pixels", Input), context.Transforms.ConvertToImage(Size, Size, Input, "Pixels")], "ConvertToImage"),
        ["a mapping"] = (context => [Load(context, Input), context.Transforms.CustomMapping(new Darken().GetMapping(), Darken.Contract)], "CustomMapping"),
    };

    private static readonly MobileNetV2Weights Weights = SyntheticNetwork.CreateWithClasses();

    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly IDataView _rows;

    public StepsBeforeClassifierTests()
    {
        _context.ComponentCatalog.RegisterAssembly(typeof(StepsBeforeClassifierTests).Assembly);
        _rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 4).Select(seed => new PathExample
        {
            Image = _folder.Write($"{seed}.png", DiscImages.Draw(seed, Size, Size)),
            Label = TrainedModels.LabelOf(seed),
        }).ToArray());
    }

    public static IEnumerable<object[]> Steps => All.Keys.Select(name => new object[] { name });

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DynamicData(nameof(Steps))]
    public void Classifier_AfterStockSteps_GivesThePipelinesScoresOrNamesTheStep(string name)
    {
        (Func<MLContext, IEstimator<ITransformer>[]> steps, string? changing) = All[name];
        using TransformerChain<ITransformer> flat = new([.. Fit(steps(_context))]);
        using TransformerChain<ITransformer> nested = new(new TransformerChain<ITransformer>([.. flat.SkipLast(1)]), new TransformerChain<ITransformer>(flat.Last()));

        foreach (ITransformer model in new[] { flat, nested })
        {
            foreach (Func<ImageClassifier> create in Ways(model))
            {
                if (changing is null)
                {
                    using ImageClassifier classifier = create();
                    AssertSameScores(model, classifier);
                }
                else
                {
                    Exception refusal = Assert.Throws<Exception>(create);
                    Assert.IsTrue(refusal is ArgumentException or InvalidDataException, $"{refusal}");
                    Assert.Contains($"its step {changing} ", refusal.Message);
                    Assert.MatchesRegex("the column '(Input|Small|Gray)'", refusal.Message);
                    Assert.Contains("PredictionEngine", refusal.Message);
                }
            }
        }
    }

    [TestMethod]
    public void Classifier_BehindAMappingOfAnotherColumn_IsRefusedWhereTheColumnsAreNotKnown()
    {
        using TransformerChain<ITransformer> model = new([.. Fit(Load(_context, Input), _context.Transforms.CustomMapping(new Count().GetMapping(), Count.Contract))]);
        Func<ImageClassifier>[] ways = [.. Ways(model)];

        foreach (Func<ImageClassifier> create in ways[..^1])
        {
            using ImageClassifier classifier = create();
            AssertSameScores(model, classifier);
        }

        Assert.Contains("its step CustomMapping may change the column 'Input'", Assert.ThrowsExactly<InvalidDataException>(ways[^1]).Message);
    }

    [TestMethod]
    public void Classifier_OfALoadedModelBehindAStep_NamesTheStep()
    {
        using TransformerChain<ITransformer> model = new([.. Fit(Load(_context, Input))]);
        _context.Model.Save(model, _rows.Schema, _folder.PathOf("model.zip"));
        var first = Load(_context, Input).Append(_context.Transforms.ConvertToGrayscale("Gray", Input)).Fit(_rows);
        var again = _context.Transforms.CopyColumns(Input, "Gray").Fit(first.Transform(_rows));

        foreach (ITransformer loaded in new[] { _context.Model.LoadStock(_folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(_folder.PathOf("model.zip"), out _) })
        {
            using TransformerChain<ITransformer> extended = new([first, again, .. ((TransformerChain<ITransformer>)loaded).Skip(1)]);
            _context.Model.Save(extended, _rows.Schema, _folder.PathOf("extended.zip"));

            Assert.Contains("its step ConvertToGrayscale ", Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(_folder.PathOf("extended.zip"))).Message);
        }
    }

    [TestMethod]
    public void Classifier_OfTwoNetworksWithClasses_NamesBoth()
    {
        using TransformerChain<ITransformer> two = new([.. Fit(Load(_context, Input), Network("First", Input))]);

        foreach (Func<ImageClassifier> create in Ways(two))
        {
            Assert.Contains("2 networks that classify images, with the scores 'First', 'Score'", Assert.Throws<Exception>(create).Message);
        }
    }

    [TestMethod]
    public void Classifier_OfColumnsWithoutSteps_GivesThePipelinesScores()
    {
        IDataView encoded = TrainedModels.CreateRows(_context, 2);
        using MobileNetV2FeaturizerTransformer model = Network("Score", "Image").Fit(encoded);
        using ImageClassifier classifier = _context.Model.CreateImageClassifier(model);

        Assert.AreEqual(model.Transform(encoded).GetColumn<float[]>("Score").First().Max(), classifier.Predict(TrainedModels.Source(0)).Best.Score);
    }

    /// <summary>Returns the ways from a model to a classifier; the last one knows nothing but the file.</summary>
    private IEnumerable<Func<ImageClassifier>> Ways(ITransformer model)
    {
        string path = _folder.PathOf("model.zip");
        _context.Model.Save(model, _rows.Schema, path);
        yield return () => _context.Model.CreateImageClassifier(model);
        yield return () => _context.Model.CreateImageClassifier(_context.Model.LoadWithMobileNetV2(path, out _));
        yield return () => ImageClassifier.Load(path);
    }

    private void AssertSameScores(ITransformer model, ImageClassifier classifier)
    {
        string path = _rows.GetColumn<string>("Image").First();
        float[] expected = model.Transform(_rows).GetColumn<float[]>("Score").First();

        Assert.AreEqual(expected.Max(), classifier.Predict(path).Best.Score, 1e-4f);
    }

    private IEnumerable<ITransformer> Fit(params IEstimator<ITransformer>[] steps)
    {
        IDataView view = _rows;
        foreach (IEstimator<ITransformer> step in steps.Append(Network("Score", Input)))
        {
            ITransformer fitted = step.Fit(view);
            view = fitted.Transform(view);
            yield return fitted;
        }
    }

    private MobileNetV2FeaturizerEstimator Network(string output, string input) => _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
    {
        InputColumnName = input,
        OutputColumnName = output,
        Weights = Weights,
        InputSize = Size,
        Output = MobileNetV2Output.ClassScores,
    });

    private static ImageLoadingEstimator Load(MLContext context, string column) => context.Transforms.LoadImages(column, string.Empty, "Image");

    private static IEnumerable<IEstimator<ITransformer>> Squares(MLContext context) => [Load(context, Input), context.Transforms.ResizeImages(Input, Size, Size)];

    [CustomMappingFactoryAttribute(Contract)]
    private sealed class Darken : CustomMappingFactory<Darken.Row, Darken.Row>
    {
        internal const string Contract = "Tests.Darken";

        public override Action<Row, Row> GetMapping() => (row, output) => output.Input = row.Input;

        internal sealed class Row
        {
            [AnySizeImage]
            public MLImage? Input { get; set; }
        }
    }

    [CustomMappingFactoryAttribute(Contract)]
    private sealed class Count : CustomMappingFactory<Count.Row, Count.Result>
    {
        internal const string Contract = "Tests.Count";

        public override Action<Row, Result> GetMapping() => (row, output) => output.Twice = 2 * row.Number;

        internal sealed class Row
        {
            public float Number { get; set; }
        }

        internal sealed class Result
        {
            public float Twice { get; set; }
        }
    }
}
