using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Labels keep their type and their values, whatever primitive type they have, as values and as keys.</summary>
[TestClass]
public sealed class LabelTypeTests
{
    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Text() => AssertKept("zebra", "ant", "Ant");

    [TestMethod]
    public void Booleans() => AssertKept(true, false);

    [TestMethod]
    public void SignedBytes() => AssertKept<sbyte>(20, -10, 0);

    [TestMethod]
    public void Bytes() => AssertKept<byte>(20, 10, 0);

    [TestMethod]
    public void ShortIntegers() => AssertKept<short>(20, -10, 0);

    [TestMethod]
    public void UnsignedShortIntegers() => AssertKept<ushort>(20, 10, 0);

    [TestMethod]
    public void Integers() => AssertKept(20, -10, 0);

    [TestMethod]
    public void UnsignedIntegers() => AssertKept<uint>(20, 10, 0);

    [TestMethod]
    public void LongIntegers() => AssertKept(long.MaxValue, -10, 0);

    [TestMethod]
    public void UnsignedLongIntegers() => AssertKept<ulong>(ulong.MaxValue, 10, 0);

    [TestMethod]
    public void SingleNumbers() => AssertKept(20f, -0.1f, 0);

    [TestMethod]
    public void DoubleNumbers() => AssertKept(20, 0.1, 0);

    [TestMethod]
    public void Dates() => AssertKept(new DateTime(2024, 2, 29), new DateTime(1999, 12, 31));

    [TestMethod]
    public void DatesWithOffset() => AssertKept(new DateTimeOffset(2024, 2, 29, 0, 0, 0, TimeSpan.FromHours(2)), new DateTimeOffset(1999, 12, 31, 0, 0, 0, TimeSpan.Zero));

    [TestMethod]
    public void TimeSpans() => AssertKept(TimeSpan.FromDays(2), TimeSpan.FromSeconds(1));

    [TestMethod]
    [DataRow(DataKind.Byte)]
    [DataRow(DataKind.UInt16)]
    [DataRow(DataKind.UInt32)]
    [DataRow(DataKind.UInt64)]
    public void Fit_KeysWithoutValuesOfEveryType_PredictsTheSameKeys(DataKind kind)
    {
        // In memory the first key is 0.
        IDataView keys = CreateRows<uint>(new KeyDataViewType(typeof(uint), 5), 4, 1);
        IDataView rows = _context.Transforms.Conversion.ConvertType("Label", outputKind: kind).Fit(keys).Transform(keys);

        using var model = Trainer().Fit(rows);

        Assert.AreSequenceEqual(new[] { "1", "2", "3", "4", "5" }, model.ClassNames);
        Assert.AreSequenceEqual(new uint[] { 5, 2, 5, 2, 5, 2, 5, 2, 5, 2, 5, 2 }, model.Transform(rows).GetColumn<uint>("PredictedLabel"));
    }

    [TestMethod]
    public void Fit_ValidationKeysMappedOtherwise_AreMatchedByValue()
    {
        IDataView rows = CreateRows(null, 20, -10, 0);
        IDataView reversed = _context.Data.LoadFromEnumerable(_context.Data.CreateEnumerable<Row<int>>(rows, reuseRowObject: false).Reverse().ToArray());

        using var model = Trainer().Fit(Keyed(rows), Keyed(reversed), cancellationToken: TestContext.CancellationToken);

        EpochResult last = model.History.Epochs[^1];
        Assert.AreEqual(1, last.Training.Accuracy);
        Assert.AreEqual(1, last.Validation!.Accuracy);
    }

    [TestMethod]
    public void Fit_ValidationValuesForTrainingKeys_AreMatchedByValue()
    {
        IDataView values = CreateRows(null, "zebra", "ant", "Ant");

        using var model = Trainer().Fit(Keyed(values), values, cancellationToken: TestContext.CancellationToken);

        Assert.AreEqual(1, model.History.Epochs[^1].Validation!.Accuracy);
    }

    [TestMethod]
    public void Fit_ValidationKeysOfAnotherType_AreRefused()
    {
        string error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Trainer().Fit(
            Keyed(CreateRows(null, 1, 2)), Keyed(CreateRows(null, "1", "2")), cancellationToken: TestContext.CancellationToken)).Message;

        Assert.Contains("of the validation set: expected Key<UInt32, 0-1> with values of type Int32 as in the training set, got Key<UInt32, 0-1> with values of type String", error);
    }

    [TestMethod]
    public void Fit_FromAModelWithOtherKeys_ContinuesWithTheClassesOfTheSameValue()
    {
        using var initial = Trainer().Fit(Keyed(CreateRows(null, 0, 10, 20)));
        IDataView two = Keyed(CreateRows(null, 10, 20));
        MobileNetV2TrainerOptions options = new() { ImageColumnName = "Features", InitialModel = initial, Head = new() { Epochs = 1, Optimizer = new SgdOptions { LearningRate = 1e-9 } } };

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(two);

        Assert.AreSequenceEqual(["10", "20"], model.ClassNames);
        Assert.AreSequenceEqual(
            initial.Head.Layers[^1].Weights.Span[(2 * 3)..(3 * 3)].ToArray().Select(weight => MathF.Round(weight, 3)),
            model.Head.Layers[^1].Weights.Span[(1 * 3)..(2 * 3)].ToArray().Select(weight => MathF.Round(weight, 3)));
    }

    private MobileNetV2Trainer Trainer() => _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
    {
        ImageColumnName = "Features",
        Head = new() { Epochs = 60, Optimizer = new AdamOptions { LearningRate = 0.1 } },
    });

    private IDataView Keyed(IDataView rows) => _context.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);

    /// <summary>Trains on labels, as values and as keys; what is predicted has their type and values, in memory and from the file.</summary>
    private void AssertKept<T>(params T[] labels)
        where T : notnull
    {
        IDataView values = CreateRows(null, labels);
        T[] expected = [.. Enumerable.Range(0, 12).Select(index => labels[index % labels.Length])];
        foreach (IDataView rows in new[] { values, Keyed(values) })
        {
            var trainer = Trainer();
            using var model = trainer.Fit(rows);
            using TemporaryFolder folder = new();
            _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
            ITransformer[] models = [model, _context.Model.LoadStock(folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _)];

            foreach (ITransformer each in models)
            {
                IDataView scored = each.Transform(rows);
                IDataView named = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(scored).Transform(scored);
                Assert.AreEqual(values.Schema["Label"].Type, named.Schema["PredictedLabel"].Type);
                Assert.AreSequenceEqual(expected, named.GetColumn<T>("PredictedLabel"));
            }

            SchemaShape promised = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").GetOutputSchema(trainer.GetOutputSchema(SchemaShapes.Of(rows)));
            Assert.AreEqual(values.Schema["Label"].Type, promised.Single(column => column.Name == "PredictedLabel").ItemType);
            Assert.HasCount(labels.Length, model.ClassNames);
        }
    }

    private IDataView CreateRows<T>(KeyDataViewType? type, params T[] labels)
        where T : notnull
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Row<T>));
        definition["Label"].ColumnType = type ?? definition["Label"].ColumnType;
        return _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 12).Select(index => new Row<T> { Features = [index % labels.Length == 0 ? 1 : 0, index % labels.Length == 1 ? 1 : 0, 1], Label = labels[index % labels.Length] }).ToArray(),
            definition);
    }

    private sealed class Row<T>
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public T Label { get; set; } = default!;
    }
}
