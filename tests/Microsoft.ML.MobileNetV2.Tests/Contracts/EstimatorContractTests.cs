using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Contracts;

/// <summary>What ML.NET expects of every estimator and its transformer, held against one of ours.</summary>
/// <typeparam name="TTransformer">Type of the transformer.</typeparam>
public abstract class EstimatorContractTests<TTransformer>
    where TTransformer : class, ITransformer
{
    private const int RowCount = 23;

    /// <summary>A saved model runs the same graph with another number of threads, which may sum in another order.</summary>
    private const double SavedTolerance = 2e-5;

    private readonly MLContext _context = new(1);

    private protected abstract string OutputColumnName { get; }

    private protected abstract IEstimator<TTransformer> CreateEstimator(MLContext context);

    private protected virtual IDataView CreateInput(MLContext context, TemporaryFolder folder) => context.Data.LoadFromEnumerable(
        DiscImages.WriteMany(folder, RowCount).Select((path, index) => new PathExample { Image = path, Label = $"label {index}", Number = index }).ToArray());

    [TestMethod]
    public void GetOutputSchema_OfTheEstimator_PromisesWhatTheTransformerGives()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        IEstimator<TTransformer> estimator = CreateEstimator(_context);

        SchemaShape promised = estimator.GetOutputSchema(SchemaShapes.Of(input));

        TTransformer transformer = estimator.Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        SchemaShape given = SchemaShapes.Of(transformer.Transform(input));
        Assert.AreSequenceEqual(Describe(given), Describe(promised));
    }

    [TestMethod]
    public void GetOutputSchema_OfTheTransformer_IsTheSchemaOfItsView()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;

        DataViewSchema promised = transformer.GetOutputSchema(input.Schema);

        DataViewSchema given = transformer.Transform(input).Schema;
        Assert.AreSequenceEqual(promised.Select(column => (column.Name, column.Type)), given.Select(column => (column.Name, column.Type)));
        Assert.AreSequenceEqual(input.Schema.Select(column => column.Name), given.Take(input.Schema.Count).Select(column => column.Name));
    }

    [TestMethod]
    public void Transform_ReadsNoRow()
    {
        using TemporaryFolder folder = new();
        int read = 0;
        IDataView input = _context.Data.LoadFromEnumerable(DiscImages.WriteMany(folder, RowCount).Select(path =>
        {
            read++;
            return new PathExample { Image = path, Label = $"label {read % 2}" };
        }));
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        read = 0;

        IDataView output = transformer.Transform(input);

        Assert.AreEqual(0, read);
        Assert.IsNotNull(output.Schema.GetColumnOrNull(OutputColumnName));
    }

    [TestMethod]
    public void Transform_GivesTheSameBitsEachTimeAndRowByRow()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;

        float[][] first = ReadOutput(transformer.Transform(input));
        float[][] second = ReadOutput(transformer.Transform(input));
        float[][] rowByRow = ReadRowByRow(transformer, input);

        Assert.HasCount(RowCount, first);
        AssertSame(first, second);
        AssertSame(first, rowByRow);
    }

    [TestMethod]
    public void Transform_LeavesTheInputsColumnsAsTheyAre()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;

        IDataView output = transformer.Transform(input);

        Assert.AreSequenceEqual(input.GetColumn<string>("Label"), output.GetColumn<string>("Label"));
        Assert.AreSequenceEqual(input.GetColumn<float>("Number"), output.GetColumn<float>("Number"));
        Assert.AreEqual(input.GetRowCount(), output.GetRowCount());
    }

    [TestMethod]
    public void Transform_OfShuffledRows_KeepsOutputAndOtherColumnsTogether()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        float[][] inOrder = ReadOutput(transformer.Transform(input));

        IDataView shuffled = transformer.Transform(_context.Data.ShuffleRows(input, seed: 3));

        int[] order = [.. shuffled.GetColumn<float>("Number").Select(number => (int)number)];
        Assert.AreNotEqual(0, order.Zip(Enumerable.Range(0, RowCount)).Count(pair => pair.First != pair.Second), "the order changed");
        AssertSame([.. order.Select(index => inOrder[index])], ReadOutput(shuffled));
    }

    [TestMethod]
    public void Cursor_OverTheViewWithARandom_KeepsOutputAndOtherColumnsTogether()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        IDataView output = transformer.Transform(_context.Data.Cache(input));
        float[][] inOrder = ReadOutput(output);

        using DataViewRowCursor cursor = output.GetRowCursor(output.Schema, new Random(5));
        ValueGetter<VBuffer<float>> getOutput = cursor.GetGetter<VBuffer<float>>(output.Schema[OutputColumnName]);
        ValueGetter<float> getNumber = cursor.GetGetter<float>(output.Schema["Number"]);
        List<int> order = [];
        VBuffer<float> values = default;
        float number = 0;
        while (cursor.MoveNext())
        {
            getOutput(ref values);
            getNumber(ref number);
            order.Add((int)number);
            Assert.AreSequenceEqual(inOrder[(int)number], values.DenseValues().ToArray());
        }

        Assert.HasCount(RowCount, order.Distinct().ToArray());
    }

    [TestMethod]
    public void Cursor_WithoutTheOutputColumn_HasOnlyTheColumnsThatWereAskedFor()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        IDataView output = transformer.Transform(input);

        using DataViewRowCursor cursor = output.GetRowCursor([output.Schema["Number"]]);

        Assert.IsTrue(cursor.IsColumnActive(output.Schema["Number"]));
        Assert.IsFalse(cursor.IsColumnActive(output.Schema["Image"]));
        Assert.IsFalse(cursor.IsColumnActive(output.Schema[OutputColumnName]));
        Assert.Throws<Exception>(() => cursor.GetGetter<VBuffer<float>>(output.Schema[OutputColumnName]));
    }

    [TestMethod]
    public void Fit_Twice_GivesEqualTransformers()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        IEstimator<TTransformer> estimator = CreateEstimator(_context);

        TTransformer first = estimator.Fit(input);
        using IDisposable? firstDisposable = first as IDisposable;
        TTransformer second = estimator.Fit(input);
        using IDisposable? secondDisposable = second as IDisposable;

        AssertSame(ReadOutput(first.Transform(input)), ReadOutput(second.Transform(input)));
    }

    [TestMethod]
    public void Save_ThenLoad_GivesEqualOutput()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;

        _context.Model.Save(transformer, input.Schema, folder.PathOf("model.zip"));
        ITransformer loaded = new MLContext().Model.LoadStock(folder.PathOf("model.zip"), out DataViewSchema schema);

        Assert.AreSequenceEqual(input.Schema.Select(column => column.Name), schema.Select(column => column.Name));
        IDataView output = loaded.Transform(input);
        Assert.AreEqual(transformer.GetOutputSchema(input.Schema)[OutputColumnName].Type, output.Schema[OutputColumnName].Type);
        AssertClose(ReadOutput(transformer.Transform(input)), ReadOutput(output), SavedTolerance);
    }

    [TestMethod]
    public void Transform_OnEightThreadsAtOnce_GivesTheSameBits()
    {
        using TemporaryFolder folder = new();
        IDataView input = CreateInput(_context, folder);
        TTransformer transformer = CreateEstimator(_context).Fit(input);
        using IDisposable? disposable = transformer as IDisposable;
        float[][] expected = ReadOutput(transformer.Transform(input));
        float[][][] actual = new float[8][][];

        Parallel.For(0, actual.Length, new ParallelOptions { MaxDegreeOfParallelism = actual.Length }, index => actual[index] = ReadOutput(transformer.Transform(input)));

        foreach (float[][] output in actual)
        {
            AssertSame(expected, output);
        }
    }

    private protected float[][] ReadOutput(IDataView view) =>
        [.. view.GetColumn<VBuffer<float>>(OutputColumnName).Select(values => values.DenseValues().ToArray())];

    private protected static void AssertClose(float[][] expected, float[][] actual, double tolerance)
    {
        Assert.HasCount(expected.Length, actual);
        foreach ((float[] expectedRow, float[] actualRow) in expected.Zip(actual))
        {
            Assert.HasCount(expectedRow.Length, actualRow);
            float largest = Math.Max(1, expectedRow.Max(Math.Abs));
            for (int i = 0; i < expectedRow.Length; i++)
            {
                Assert.AreEqual(expectedRow[i], actualRow[i], tolerance * largest);
            }
        }
    }

    private static void AssertSame(float[][] expected, float[][] actual)
    {
        Assert.HasCount(expected.Length, actual);
        foreach ((float[] expectedRow, float[] actualRow) in expected.Zip(actual))
        {
            Assert.AreSequenceEqual(expectedRow, actualRow);
        }
    }

    private float[][] ReadRowByRow(TTransformer transformer, IDataView input)
    {
        Assert.IsTrue(transformer.IsRowToRowMapper);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(input.Schema);
        DataViewSchema.Column outputColumn = mapper.OutputSchema[OutputColumnName];
        using DataViewRowCursor cursor = input.GetRowCursor(mapper.GetDependencies([outputColumn]));
        using DataViewRow row = mapper.GetRow(cursor, [outputColumn]);
        ValueGetter<VBuffer<float>> getOutput = row.GetGetter<VBuffer<float>>(outputColumn);
        List<float[]> rows = [];
        VBuffer<float> values = default;
        while (cursor.MoveNext())
        {
            getOutput(ref values);
            rows.Add([.. values.DenseValues()]);
        }

        return [.. rows];
    }

    private static string[] Describe(SchemaShape shape) =>
        [.. shape.Select(column => $"{column.Name}: {column.Kind} of {column.ItemType}, key {column.IsKey}; {string.Join(",", column.Annotations.Select(a => a.Name).Order())}").Order()];
}
