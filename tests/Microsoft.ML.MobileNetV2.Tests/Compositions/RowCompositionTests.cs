using System.Collections;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>The network between ML.NET's steps that choose, order and keep rows: features belong to their row.</summary>
[TestClass]
public sealed class RowCompositionTests : IDisposable
{
    private const int Count = 30;
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly PathExample[] _examples;
    private readonly Dictionary<string, float[]> _truth;
    private readonly MobileNetV2FeaturizerTransformer _featurizer;

    public RowCompositionTests()
    {
        _examples = [.. DiscImages.WriteMany(_folder, Count).Select((path, index) => new PathExample { Image = path, Label = $"{index % 3}", Number = index })];
        using MobileNetV2Engine engine = new(new() { InputSize = 64 });
        _truth = _examples.ToDictionary(example => example.Image, example => engine.Run(example.Image));
        _featurizer = _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64, MaxDegreeOfParallelism = 4 })
            .Fit(_context.Data.LoadFromEnumerable(_examples));
    }

    private IDataView Rows => _context.Data.LoadFromEnumerable(_examples);

    private IDataView Features => _featurizer.Transform(Rows);

    public void Dispose()
    {
        _featurizer.Dispose();
        _folder.Dispose();
    }

    [TestMethod]
    public void FilterRows_BeforeAndAfter() => AssertRows(
        [.. Enumerable.Range(5, 15)],
        _featurizer.Transform(_context.Data.FilterRowsByColumn(Rows, "Number", 5, 20)),
        _context.Data.FilterRowsByColumn(Features, "Number", 5, 20));

    [TestMethod]
    public void SkipAndTakeRows_BeforeAndAfter() => AssertRows(
        [.. Enumerable.Range(7, 10)],
        _featurizer.Transform(_context.Data.TakeRows(_context.Data.SkipRows(Rows, 7), 10)),
        _context.Data.TakeRows(_context.Data.SkipRows(Features, 7), 10));

    [TestMethod]
    public void ShuffleRows_BeforeAndAfter()
    {
        AssertOwn(Count, _featurizer.Transform(_context.Data.ShuffleRows(Rows, seed: 3)));
        AssertOwn(Count, _context.Data.ShuffleRows(Features, seed: 3));
    }

    [TestMethod]
    public void Cache_BeforeAndAfter()
    {
        AssertRows([.. Enumerable.Range(0, Count)], _featurizer.Transform(_context.Data.Cache(Rows)), _context.Data.Cache(Features));
        IDataView cached = _context.Data.Cache(Features, "Features", "Image", "Number");
        AssertRows([.. Enumerable.Range(0, Count)], cached, cached);
    }

    [TestMethod]
    public void Cursor_Shuffled_AgreesWithItself()
    {
        IDataView view = Features;
        DataViewSchema.Column[] columns = [view.Schema["Features"], view.Schema["Image"]];
        using DataViewRowCursor cursor = view.GetRowCursor(columns, new Random(5));
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(columns[0]);
        ValueGetter<ReadOnlyMemory<char>> getImage = cursor.GetGetter<ReadOnlyMemory<char>>(columns[1]);
        VBuffer<float> features = default;
        ReadOnlyMemory<char> image = default;
        int count = 0;
        while (cursor.MoveNext())
        {
            getFeatures(ref features);
            getImage(ref image);
            Assert.AreSequenceEqual(_truth[image.ToString()], features.DenseValues());
            count++;
        }

        Assert.AreEqual(Count, count);
    }

    [TestMethod]
    public void SourceThatReshufflesAtEachPass_GivesEachRowItsOwnFeatures() =>
        AssertOwn(Count, _featurizer.Transform(_context.Data.LoadFromEnumerable(new ChangingRows(_examples, shortens: false))));

    [TestMethod]
    public void SourceThatGetsShorterAtEachPass_GivesEachRowItsOwnFeatures() =>
        AssertOwn(null, _featurizer.Transform(_context.Data.LoadFromEnumerable(new ChangingRows(_examples, shortens: true))));

    [TestMethod]
    public void Transform_ReadsTheSourceOncePerPass()
    {
        ChangingRows source = new(_examples, shortens: false);
        IDataView view = _featurizer.Transform(_context.Data.LoadFromEnumerable(source));

        _ = _context.Data.CreateEnumerable<Found>(view, reuseRowObject: false).Count();

        Assert.AreEqual(1, source.PassCount);
    }

    [TestMethod]
    public void ColumnSteps_After_SeeTheFeatures()
    {
        IDataView rows = Rows;
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64 }))
            .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { OutputColumnName = "Again", InputColumnName = "Image", InputSize = 64 }))
            .Append(_context.Transforms.Concatenate("Both", "Features", "Again", "Number"))
            .Append(_context.Transforms.DropColumns("Again"));
        using var model = pipeline.Fit(rows);

        float[][] both = [.. model.Transform(rows).GetColumn<float[]>("Both")];

        for (int row = 0; row < Count; row++)
        {
            float[] own = _truth[_examples[row].Image];
            Assert.AreSequenceEqual([.. own, .. own, row], both[row]);
        }
    }

    [TestMethod]
    public void LoadedModelWithAStepAppended_KeepsItByBothLoaders()
    {
        IDataView rows = Rows;
        _context.Model.Save(_featurizer, rows.Schema, _folder.PathOf("alone.zip"));
        var loaded = (TransformerChain<ITransformer>)_context.Model.LoadStock(_folder.PathOf("alone.zip"), out _);
        _context.Model.Save(loaded.Append(_context.Transforms.CopyColumns("Copy", "Features").Fit(loaded.Transform(rows))), rows.Schema, _folder.PathOf("more.zip"));

        foreach (ITransformer model in new[] { _context.Model.LoadStock(_folder.PathOf("more.zip"), out _), _context.Model.LoadWithMobileNetV2(_folder.PathOf("more.zip"), out _) })
        {
            Assert.AreSequenceEqual(["Image", "Label", "Number", "Features", "Copy"], model.GetOutputSchema(rows.Schema).Select(column => column.Name));
            Assert.AreSequenceEqual(model.Transform(rows).GetColumn<float[]>("Features").SelectMany(value => value), model.Transform(rows).GetColumn<float[]>("Copy").SelectMany(value => value));
        }
    }

    [TestMethod]
    public void CrossValidateAndTrainTestSplit_WithASamplingKey_KeepLabelsAndImagesTogether()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 36).Select(index => new Grouped
        {
            Image = TrainedModels.Draw(index),
            Label = TrainedModels.LabelOf(index),
            Group = index / 3,
        }).ToArray());
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.Weights = MobileNetV2Weights.BundledSmall;
        var pipeline = _context.Transforms.Conversion.MapValueToKey("Label")
            .Append(_context.MulticlassClassification.Trainers.MobileNetV2(options));

        var folds = _context.MulticlassClassification.CrossValidate(rows, pipeline, numberOfFolds: 3, samplingKeyColumnName: "Group", seed: 1);
        DataOperationsCatalog.TrainTestData split = _context.Data.TrainTestSplit(rows, testFraction: 0.3, samplingKeyColumnName: "Group", seed: 1);
        using var model = pipeline.Fit(split.TrainSet);

        Assert.IsTrue(folds.All(fold => fold.Metrics.MicroAccuracy > 0.7), string.Join(' ', folds.Select(fold => fold.Metrics.MicroAccuracy)));
        Assert.IsGreaterThan(0.7, _context.MulticlassClassification.Evaluate(model, split.TestSet).MicroAccuracy);
    }

    [TestMethod]
    public void CacheCheckpoint_BeforeAStockTrainer_TrainsAsWithout()
    {
        IDataView rows = Rows;
        float[][] Scores(bool isCached)
        {
            var first = _context.Transforms.Conversion.MapValueToKey("Label")
                .Append(_context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = 64 }));
            using var model = (isCached ? first.AppendCacheCheckpoint(_context) : first)
                .Append(_context.MulticlassClassification.Trainers.SdcaMaximumEntropy(new Trainers.SdcaMaximumEntropyMulticlassTrainer.Options { NumberOfThreads = 1, MaximumNumberOfIterations = 5 }))
                .Fit(rows);
            return [.. model.Transform(rows).GetColumn<float[]>("Score")];
        }

        Assert.AreSequenceEqual(Scores(false).SelectMany(score => score), Scores(true).SelectMany(score => score));
    }

    private void AssertRows(int[] expected, params IDataView[] views)
    {
        foreach (IDataView view in views)
        {
            AssertOwn(expected.Length, view);
            Assert.AreSequenceEqual(expected, view.GetColumn<float>("Number").Select(number => (int)number));
        }
    }

    private void AssertOwn(int? count, IDataView view)
    {
        Found[] found = [.. _context.Data.CreateEnumerable<Found>(view, reuseRowObject: false)];
        Assert.HasCount(count ?? found.Length, found);
        Assert.IsNotEmpty(found);
        foreach (Found row in found)
        {
            Assert.AreSequenceEqual(_truth[row.Image], row.Features);
        }
    }

    private sealed class Found
    {
        public string Image { get; set; } = string.Empty;

        public float[] Features { get; set; } = [];
    }

    private sealed class Grouped
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public string Label { get; set; } = string.Empty;

        public float Group { get; set; }
    }

    /// <summary>Is like a query without an order: each pass has another order, and perhaps fewer rows.</summary>
    private sealed class ChangingRows(PathExample[] rows, bool shortens) : IEnumerable<PathExample>
    {
        private readonly Random _random = new(7);

        internal int PassCount { get; private set; }

        public IEnumerator<PathExample> GetEnumerator()
        {
            PassCount++;
            PathExample[] copy = [.. rows];
            _random.Shuffle(copy);
            return copy.Take(shortens ? rows.Length - PassCount : rows.Length).GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
