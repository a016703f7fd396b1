using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>Where validation rows come from, and what is refused without them.</summary>
[TestClass]
public sealed class ValidationTests
{
    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_EarlyStoppingThatIsSetWithoutValidationRows_IsRefused()
    {
        MobileNetV2TrainerOptions options = Options(new() { Epochs = 3, EarlyStopping = new() { Patience = 2 } });

        string error = Error(() => Trainer(options).Fit(CreateRows(12)));

        Assert.AreEqual(
            "Head.EarlyStopping is set, but there are no validation rows. Pass them to Fit, or set ValidationSet or ValidationFraction; to run all epochs, set Head.EarlyStopping to null.",
            error);
    }

    [TestMethod]
    public void Fit_EarlyStoppingWithAFraction_Stops()
    {
        MobileNetV2TrainerOptions options = Options(new() { Epochs = 500, EarlyStopping = new() { Patience = 2, MinDelta = 1000 } });
        options.ValidationFraction = 0.25;

        using var model = Trainer(options).Fit(CreateRows(40));

        Assert.AreEqual(TrainingStopReason.EarlyStopping, model.History.StopReason);
    }

    [TestMethod]
    [DataRow(30, 3, 0.2, 6)]
    [DataRow(9, 3, 0.1, 1, DisplayName = "rounding of one class goes to the next")]
    [DataRow(4, 2, 0.9, 2, DisplayName = "the last image of each class is trained on")]
    public void Fit_WithAFraction_HoldsOutThatManyRowsOfAllClasses(int rowCount, int classCount, double fraction, int expected)
    {
        ListLogger log = new();
        MobileNetV2TrainerOptions options = Options(new() { Epochs = 1 });
        options.ValidationFraction = fraction;
        options.Logger = log;

        using var model = Trainer(options).Fit(CreateRows(rowCount, classCount));

        Assert.Contains($"Information Training on {rowCount - expected} rows of 3 features, {expected} rows for validation, {classCount} classes", log.Lines);
        Assert.HasCount(classCount, model.ClassNames);
        Assert.IsNotNull(model.History.Epochs[0].Validation);
    }

    [TestMethod]
    public void Fit_WithAFraction_DependsOnTheSeedAlone()
    {
        double Loss(int seed)
        {
            MobileNetV2TrainerOptions options = Options(new() { Epochs = 1, Seed = seed });
            options.ValidationFraction = 0.3;
            using var model = Trainer(options).Fit(CreateRows(30));
            return model.History.Epochs[0].Validation!.Loss;
        }

        Assert.AreEqual(Loss(1), Loss(1));
        Assert.AreNotEqual(Loss(1), Loss(2));
    }

    [TestMethod]
    public void Fit_WithAFractionAndViews_ValidatesOnPlainImagesThatAreNotTrainedOn()
    {
        ListLogger log = new();
        MobileNetV2TrainerOptions options = TrainedModels.CreateOptions();
        options.ValidationFraction = 0.25;
        options.Augmentation = new() { ViewsPerImage = 2 };
        options.Logger = log;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(TrainedModels.CreateRows(_context, 24));

        Assert.Contains("Information Training on 54 rows of 1280 features, 6 rows for validation, 3 classes", log.Lines);
    }

    [TestMethod]
    public void Fit_WithAFractionThatLeavesNone_SaysSo()
    {
        MobileNetV2TrainerOptions options = Options(new() { Epochs = 1 });
        options.ValidationFraction = 0.01;

        Assert.AreEqual(
            "ValidationFraction is 0.01, which leaves none of 12 images for validation. Set a larger fraction, or train on more images.",
            Error(() => Trainer(options).Fit(CreateRows(12))));
    }

    [TestMethod]
    public void Fit_WithAnEmptyValidationSet_NamesIt() => Assert.StartsWith(
        "There is no row in the validation set: it is empty, or all of its images are unreadable.",
        Error(() => Trainer(Options(new() { Epochs = 1 })).Fit(CreateRows(12), CreateRows(0), cancellationToken: TestContext.CancellationToken)));

    [TestMethod]
    public void Construction_FractionBesideASetOrOutOfRange_IsRefused()
    {
        MobileNetV2TrainerOptions both = new() { ValidationFraction = 0.5, ValidationSet = CreateRows(3) };
        MobileNetV2TrainerOptions outside = new() { ValidationFraction = 1 };

        Assert.Contains("ValidationSet and ValidationFraction are both set; expected one of them.", Assert.ThrowsExactly<ArgumentException>(() => Trainer(both)).Message);
        Assert.Contains("ValidationFraction is 1; expected at least 0 and below 1.", Assert.ThrowsExactly<ArgumentException>(() => Trainer(outside)).Message);
    }

    [TestMethod]
    public void Construction_WithAnInitialModel_DoesNotTouchIt()
    {
        MobileNetV2Trainer trainer = Trainer(new() { InitialModel = new UntouchableTransformer() });

        Assert.ThrowsExactly<ArgumentException>(() => trainer.Fit(CreateRows(3)));
    }

    private static string Error(Action action) => Assert.ThrowsExactly<InvalidOperationException>(action).Message;

    private static string Error<T>(Func<T> action) => Error(() => { _ = action(); });

    private static MobileNetV2TrainerOptions Options(HeadTrainerOptions head) => new() { ImageColumnName = "Features", Head = head };

    private MobileNetV2Trainer Trainer(MobileNetV2TrainerOptions options) => _context.MulticlassClassification.Trainers.MobileNetV2(options);

    private IDataView CreateRows(int count, int classCount = 2) => _context.Data.LoadFromEnumerable(Enumerable.Range(0, count)
        .Select(row => new Row { Features = [row % classCount, row * 0.01f, 1], Label = $"class {row % classCount}" }).ToArray());

    private sealed class Row
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }

    /// <summary>Throws whatever is asked of it.</summary>
    private sealed class UntouchableTransformer : ITransformer
    {
        public bool IsRowToRowMapper => throw new InvalidOperationException();

        public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => throw new InvalidOperationException();

        public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => throw new InvalidOperationException();

        public void Save(ModelSaveContext ctx) => throw new InvalidOperationException();

        public IDataView Transform(IDataView input) => throw new InvalidOperationException();
    }
}
