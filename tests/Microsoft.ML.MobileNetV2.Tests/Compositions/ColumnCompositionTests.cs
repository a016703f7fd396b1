using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Compositions;

/// <summary>The network where columns have unusual names, hide each other, or are only asked for in part.</summary>
[TestClass]
public sealed class ColumnCompositionTests : IDisposable
{
    private const int Count = 5;
    private const int Size = 64;
    private readonly MLContext _context = new(1);
    private readonly TemporaryFolder _folder = new();
    private readonly TwoImages[] _examples;
    private readonly Dictionary<string, float[]> _truth;

    public ColumnCompositionTests()
    {
        string[] paths = DiscImages.WriteMany(_folder, Count + 1);
        _examples = [.. Enumerable.Range(0, Count).Select(index => new TwoImages { Image = paths[index], Other = paths[index + 1], Number = index, Label = index % 2 == 0 ? "even" : "odd" })];
        using MobileNetV2Engine engine = new(new() { InputSize = Size, Weights = MobileNetV2Weights.BundledSmall });
        _truth = paths.ToDictionary(path => path, path => engine.Run(path));
    }

    private IDataView Rows => _context.Data.LoadFromEnumerable(_examples);

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [DataRow("A", "B", DisplayName = "two outputs")]
    [DataRow("Image", "Other", DisplayName = "each over its own input")]
    [DataRow("Image 1, the \"first\"", "图像/Ünï.code", DisplayName = "names with signs")]
    [DataRow("input", "output", DisplayName = "names inside of ONNX files")]
    [DataRow("Features", "features", DisplayName = "names that differ in case")]
    [DataRow("Label", "Number", DisplayName = "over columns that it does not take")]
    public void TwoFeaturizers_OfTwoColumns_GiveEachItsOwnFeatures(string first, string second)
    {
        var pipeline = Featurizer(first, "Image").Append(Featurizer(second, "Other"));
        using var model = pipeline.Fit(Rows);

        foreach (ITransformer way in WithLoaded(model))
        {
            IDataView view = way.Transform(Rows);
            AssertFeatures(example => example.Image, view, first);
            AssertFeatures(example => example.Other, view, second);
            Assert.AreSequenceEqual(
                way.GetOutputSchema(Rows.Schema).Select(column => $"{column.Name} {column.Type} {column.IsHidden}"),
                view.Schema.Select(column => $"{column.Name} {column.Type} {column.IsHidden}"));
        }
    }

    [TestMethod]
    public void TwoFeaturizers_IntoOneColumn_ShowTheSecondAndKeepTheFirstHidden()
    {
        using var model = Featurizer("Features", "Image").Append(Featurizer("Features", "Other")).Fit(Rows);

        IDataView view = model.Transform(Rows);

        AssertFeatures(example => example.Other, view, "Features");
        DataViewSchema.Column hidden = view.Schema.Single(column => column.Name == "Features" && column.IsHidden);
        float[][] values = [.. view.GetColumn<float[]>(hidden)];
        Assert.AreSequenceEqual(_examples.SelectMany(example => _truth[example.Image]), values.SelectMany(value => value));
        foreach (ITransformer way in WithLoaded(model))
        {
            AssertFeatures(example => example.Other, way.Transform(Rows), "Features");
        }
    }

    [TestMethod]
    [DataRow("MobileNetV2.Image")]
    [DataRow("MobileNetV2.Scores")]
    [DataRow("MobileNetV2.AnyOther")]
    public void Columns_NamedAsThoseInsideOfASavedModel_AreRefused(string name)
    {
        string expected = $" is {name}; names that begin with 'MobileNetV2.' belong to the columns inside of saved models.";

        Assert.Contains("OutputColumnName" + expected, Assert.ThrowsExactly<ArgumentException>(() => Featurizer(name, "Image")).Message);
        Assert.Contains("InputColumnName" + expected, Assert.ThrowsExactly<ArgumentException>(() => Featurizer("Features", name)).Message);
        Assert.Contains("ImageColumnName" + expected, Assert.ThrowsExactly<ArgumentException>(() => Trainer(name)).Message);
        Assert.Contains("ScoreColumnName" + expected, Assert.ThrowsExactly<ArgumentException>(() => Trainer(score: name)).Message);
        Assert.Contains("PredictedLabelColumnName" + expected, Assert.ThrowsExactly<ArgumentException>(() => Trainer(predicted: name)).Message);
    }

    [TestMethod]
    public void Trainer_WhoseColumnsHideThoseOfTheInput_GivesItsOwnBeforeAndAfterLoading()
    {
        IDataView rows = _context.Transforms.CopyColumns("Score", "Number").Append(_context.Transforms.CopyColumns("PredictedLabel", "Label")).Fit(Rows).Transform(Rows);
        using var model = Trainer().Fit(rows);
        float[] expected = [.. model.Transform(rows).GetColumn<float[]>("Score").SelectMany(score => score)];
        Assert.HasCount(Count * 2, expected);

        foreach (ITransformer way in WithLoaded(model, rows.Schema))
        {
            IDataView view = way.Transform(rows);
            AssertClose(expected, view.GetColumn<float[]>("Score").SelectMany(score => score));
            Assert.HasCount(Count, view.GetColumn<uint>("PredictedLabel").ToArray());
        }
    }

    [TestMethod]
    public void TwoTrainers_InOnePipeline_GiveEachItsOwnScores()
    {
        var pipeline = Trainer("Image", "First", "FirstLabel").Append(Trainer("Other", "Second", "SecondLabel"));
        using var model = pipeline.Fit(Rows);
        using var first = Trainer("Image", "First", "FirstLabel").Fit(Rows);
        using var second = Trainer("Other", "Second", "SecondLabel").Fit(Rows);

        foreach (ITransformer way in WithLoaded(model))
        {
            IDataView view = way.Transform(Rows);
            AssertClose(first.Transform(Rows).GetColumn<float[]>("First").SelectMany(score => score), view.GetColumn<float[]>("First").SelectMany(score => score));
            AssertClose(second.Transform(Rows).GetColumn<float[]>("Second").SelectMany(score => score), view.GetColumn<float[]>("Second").SelectMany(score => score));
        }
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(1)]
    public void Views_OfNoRowOrOne_HaveAsManyRows(int count)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(_examples.Take(count).ToArray());
        using var featurizer = Featurizer("Features", "Image").Fit(rows);
        using var model = Featurizer("Features", "Image").Append(Trainer()).Fit(Rows);

        foreach (ITransformer way in WithLoaded(featurizer))
        {
            Assert.HasCount(count, way.Transform(rows).GetColumn<float[]>("Features").ToArray());
            Assert.HasCount(count, way.Transform(rows).Preview().RowView);
        }

        foreach (ITransformer way in WithLoaded(model))
        {
            Assert.HasCount(count, way.Transform(rows).GetColumn<float[]>("Score").ToArray());
            Assert.HasCount(count, way.Transform(rows).Preview().RowView);
        }
    }

    [TestMethod]
    public void Cursor_OfSomeColumns_HasThoseAndRefusesTheOthers()
    {
        using var model = Featurizer("Features", "Image").Append(Trainer()).Fit(Rows);
        IDataView view = model.Transform(Rows);
        DataViewSchema.Column[] columns = [.. view.Schema.Where(column => !column.IsHidden)];

        foreach (DataViewSchema.Column active in columns)
        {
            using DataViewRowCursor cursor = view.GetRowCursor([active]);
            Assert.IsTrue(cursor.IsColumnActive(active), active.Name);
            Delegate getter = GetterOf(cursor, active);
            Assert.IsTrue(cursor.MoveNext());
            Assert.IsNotNull(getter);
            foreach (DataViewSchema.Column other in columns.Where(column => !cursor.IsColumnActive(column)))
            {
                Assert.Throws<Exception>(() => GetterOf(cursor, other), other.Name);
            }
        }

        using DataViewRowCursor none = view.GetRowCursor([]);
        int rows = 0;
        while (none.MoveNext())
        {
            rows++;
        }

        Assert.AreEqual(Count, rows);
    }

    [TestMethod]
    public void CursorSet_HasEachRowOnce()
    {
        using var model = Featurizer("Features", "Image").Fit(Rows);
        IDataView view = model.Transform(Rows);
        List<float> numbers = [];

        foreach (DataViewRowCursor cursor in view.GetRowCursorSet(view.Schema, 4))
        {
            ValueGetter<float> getNumber = cursor.GetGetter<float>(view.Schema["Number"]);
            ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(view.Schema["Features"]);
            float number = 0;
            VBuffer<float> features = default;
            while (cursor.MoveNext())
            {
                getNumber(ref number);
                getFeatures(ref features);
                numbers.Add(number);
                Assert.AreSequenceEqual(_truth[_examples[(int)number].Image], features.DenseValues());
            }

            cursor.Dispose();
        }

        Assert.AreSequenceEqual(Enumerable.Range(0, Count).Select(index => (float)index), numbers.Order());
    }

    [TestMethod]
    public void PredictionEngine_OfRowsWithOtherColumns_TakesWhatTheModelNeeds()
    {
        using var model = Featurizer("Features", "Image").Append(Trainer()).Fit(Rows);
        float[][] expected = [.. model.Transform(Rows).GetColumn<float[]>("Score")];
        SchemaDefinition input = SchemaDefinition.Create(typeof(ImageOnly));
        input[nameof(ImageOnly.Path)].ColumnName = "Image";

        foreach (ITransformer way in WithLoaded(model))
        {
            using var engine = _context.Model.CreatePredictionEngine<ImageOnly, Wanted>(way, ignoreMissingColumns: true, inputSchemaDefinition: input);
            Wanted found = engine.Predict(new ImageOnly { Path = _examples[2].Image });
            AssertClose(expected[2], found.Score);
            Assert.IsNull(found.NotInTheModel);
            break; // The engine owns its model.
        }
    }

    private MobileNetV2FeaturizerEstimator Featurizer(string output, string input) => _context.Transforms.MobileNetV2(
        new MobileNetV2FeaturizerOptions { OutputColumnName = output, InputColumnName = input == output ? null : input, InputSize = Size, Weights = MobileNetV2Weights.BundledSmall });

    private MobileNetV2Trainer Trainer(string image = "Image", string score = "Score", string predicted = "PredictedLabel") =>
        _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            ImageColumnName = image,
            ScoreColumnName = score,
            PredictedLabelColumnName = predicted,
            InputSize = Size,
            Weights = MobileNetV2Weights.BundledSmall,
            Head = new() { Epochs = 2 },
        });

    /// <summary>Returns a model, and the same model loaded by both loaders.</summary>
    private IEnumerable<ITransformer> WithLoaded(ITransformer model, DataViewSchema? schema = null)
    {
        yield return model;
        string path = _folder.PathOf("model.zip");
        _context.Model.Save(model, schema ?? Rows.Schema, path);
        foreach (ITransformer loaded in new[] { _context.Model.LoadStock(path, out _), _context.Model.LoadWithMobileNetV2(path, out _) })
        {
            yield return loaded;
            (loaded as IDisposable)?.Dispose();
        }
    }

    private void AssertFeatures(Func<TwoImages, string> image, IDataView view, string column) =>
        AssertClose(_examples.SelectMany(example => _truth[image(example)]), view.GetColumn<float[]>(column).SelectMany(value => value));

    private static void AssertClose(IEnumerable<float> expected, IEnumerable<float> actual)
    {
        float[] wanted = [.. expected];
        float[] found = [.. actual];
        Assert.HasCount(wanted.Length, found);
        for (int i = 0; i < wanted.Length; i++)
        {
            Assert.AreEqual(wanted[i], found[i], 1e-3f);
        }
    }

    private static Delegate GetterOf(DataViewRow row, DataViewSchema.Column column)
    {
        try
        {
            return (Delegate)typeof(DataViewRow).GetMethod(nameof(DataViewRow.GetGetter))!.MakeGenericMethod(column.Type.RawType).Invoke(row, [column])!;
        }
        catch (System.Reflection.TargetInvocationException e)
        {
            throw e.InnerException!;
        }
    }

    private sealed class TwoImages
    {
        public string Image { get; set; } = string.Empty;

        public string Other { get; set; } = string.Empty;

        public float Number { get; set; }

        public string Label { get; set; } = string.Empty;
    }

    private sealed class ImageOnly
    {
        public string Path { get; set; } = string.Empty;
    }

    private sealed class Wanted
    {
        public float[] Score { get; set; } = [];

        public string? NotInTheModel { get; set; }
    }
}
