using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.Compositions;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Holds what all threads share: images, models for every kind of stock steps, in memory and saved, and what each image must give.</summary>
internal sealed class SoakModels : IDisposable
{
    internal const string FeatureColumnName = "Features";
    internal const string ScoreColumnName = "Score";
    internal const int ClassCount = 3;

    /// <summary>The steps that hand paths on unchanged, which the engine and the classifier read too.</summary>
    internal const string Paths = "paths";

    /// <summary>More rows than a cursor reads ahead, so that it uses its memory again.</summary>
    private const int RowCount = 60;
    private const int ImageCount = 12;

    private readonly TemporaryFolder _folder = new();
    private readonly MLContext _context = new(1);
    private readonly List<IDisposable> _disposables = [];
    private readonly Dictionary<(string Steps, bool IsTrained), ITransformer> _shared = [];
    private readonly Dictionary<(string Steps, bool IsTrained), Dictionary<string, float[]>> _truth = [];

    private IReadOnlyList<string> _classes = [];

    internal SoakModels()
    {
        string[] paths = [.. Enumerable.Range(0, ImageCount).Select(seed =>
            _folder.Write($"{seed}.png", DiscImages.Draw(seed, ImageSteps.Size, ImageSteps.Size, discCount: 2 + seed % ClassCount * 20)))];
        Rows = [.. Enumerable.Range(0, RowCount).Select(row => new SoakRow
        {
            Image = paths[row * 7 % ImageCount],
            Label = $"{row * 7 % ImageCount % ClassCount}",
            Number = row,
        })];
        Steps = [.. ImageSteps.All.Keys];
        foreach (string steps in Steps)
        {
            AddFeaturizer(steps);
            AddTrained(steps);
        }

        Engine = Keep(new MobileNetV2Engine(new() { Weights = Weights, InputSize = ImageSteps.Size, Resize = ImageResizeMode.Stretch }));
        Classifier = Keep(ImageClassifier.Load(PathOf(Paths, isTrained: true, "trained alone")));
    }

    internal static MobileNetV2Weights Weights => MobileNetV2Weights.BundledSmall;

    internal IReadOnlyList<SoakRow> Rows { get; }

    internal IReadOnlyList<string> Steps { get; }

    /// <summary>Gets an engine that no thread disposes.</summary>
    internal MobileNetV2Engine Engine { get; }

    /// <summary>Gets a classifier that no thread disposes.</summary>
    internal ImageClassifier Classifier { get; }

    /// <summary>Gets the file of the classifier's model.</summary>
    internal string ClassifierPath => PathOf(Paths, isTrained: true, "trained alone");

    /// <summary>Gets a model that no thread disposes.</summary>
    internal ITransformer Shared(string steps, bool isTrained) => _shared[(steps, isTrained)];

    /// <summary>Gets the file that a model was saved to.</summary>
    internal string PathOf(string steps, bool isTrained) => PathOf(steps, isTrained, "whole");

    /// <summary>Gets what each image must give after these steps, by its path.</summary>
    internal IReadOnlyDictionary<string, float[]> Truth(string steps, bool isTrained) => _truth[(steps, isTrained)];

    internal static MobileNetV2FeaturizerOptions FeaturizerOptions(string steps, int threads) => new()
    {
        Weights = Weights,
        InputColumnName = ImageSteps.Output,
        OutputColumnName = FeatureColumnName,
        InputSize = ImageSteps.Size,
        Resize = ImageResizeMode.Stretch,
        PixelRange = ImageSteps.RangeOf(steps),
        MaxDegreeOfParallelism = threads,
    };

    internal static MobileNetV2TrainerOptions TrainerOptions(string steps, int threads) => new()
    {
        Weights = Weights,
        ImageColumnName = ImageSteps.Output,
        InputSize = ImageSteps.Size,
        Resize = ImageResizeMode.Stretch,
        PixelRange = ImageSteps.RangeOf(steps),
        MaxDegreeOfParallelism = threads,
        Head = new() { Epochs = 10 },
    };

    /// <summary>Returns scores in the order of a trained model's vector.</summary>
    internal float[] Sort(ImagePrediction prediction) => [.. _classes.Select(name => prediction.Scores.Single(score => score.Label == name).Score)];

    public void Dispose()
    {
        _disposables.ForEach(disposable => disposable.Dispose());
        _folder.Dispose();
    }

    private void AddFeaturizer(string steps)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Rows);
        ITransformer stock = ImageSteps.All[steps](_context).Fit(rows);
        MobileNetV2FeaturizerTransformer featurizer = _context.Transforms.MobileNetV2(FeaturizerOptions(steps, threads: 2)).Fit(stock.Transform(rows));
        Add(steps, isTrained: false, new TransformerChain<ITransformer>(stock, featurizer));
        using MobileNetV2Engine engine = new(new() { Weights = Weights, InputSize = ImageSteps.Size, Resize = ImageResizeMode.Stretch, MaxDegreeOfParallelism = 1 });
        _truth[(steps, false)] = new SoakTruth(_context, rows).Read(steps, image => engine.Run(image));
    }

    private void AddTrained(string steps)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Rows);
        ITransformer stock = ImageSteps.All[steps](_context).Fit(rows);
        IDataView inputs = stock.Transform(rows);
        MobileNetV2PredictionTransformer trained = _context.MulticlassClassification.Trainers.MobileNetV2(TrainerOptions(steps, threads: 2)).Fit(inputs);
        _classes = trained.ClassNames;
        Add(steps, isTrained: true, new TransformerChain<ITransformer>(stock, trained));
        _context.Model.Save(trained, inputs.Schema, PathOf(steps, isTrained: true, "trained alone"));
        using ImageClassifier classifier = ImageClassifier.Load(PathOf(steps, isTrained: true, "trained alone"), new() { MaxDegreeOfParallelism = 1 });
        _truth[(steps, true)] = new SoakTruth(_context, rows).Read(steps, image => Sort(classifier.Predict(image, ClassCount)));
    }

    private void Add(string steps, bool isTrained, TransformerChain<ITransformer> model)
    {
        _shared[(steps, isTrained)] = Keep(model);
        _context.Model.Save(model, _context.Data.LoadFromEnumerable(Rows).Schema, PathOf(steps, isTrained));
    }

    private string PathOf(string steps, bool isTrained, string kind) => _folder.PathOf($"{(isTrained ? "trained" : "featurizer")}-{Steps.ToList().IndexOf(steps)}-{kind}.zip");

    private T Keep<T>(T disposable)
        where T : IDisposable
    {
        _disposables.Add(disposable);
        return disposable;
    }
}
