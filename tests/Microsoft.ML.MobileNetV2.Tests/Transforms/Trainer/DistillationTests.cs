using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>A model learns from the scores of another, with labels and without.</summary>
[TestClass]
public sealed class DistillationTests
{
    private const int RowCount = 24;

    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_RowsWithoutLabels_LearnsTheClassesOfTheTeacher()
    {
        using var teacher = TrainTeacher();
        using var student = Train(CreateOptions(teacher), CreateRows(_ => string.Empty));

        Assert.AreSequenceEqual(teacher.ClassNames, student.ClassNames);
        Assert.IsGreaterThanOrEqualTo(RowCount - 2, AgreementOf(teacher, student));
        Assert.IsGreaterThan(0.9, student.History.Epochs[^1].Training.Accuracy);
    }

    [TestMethod]
    public void Fit_ScoresOfTheTeacher_LeaveTheStudentLessCertainThanLabels()
    {
        using var teacher = TrainTeacher();
        MobileNetV2TrainerOptions options = CreateOptions(teacher);
        using var soft = Train(options, CreateRows(_ => string.Empty));
        options.Distillation!.LabelWeight = 1;
        using var hard = Train(options, CreateRows(TrainedModels.LabelOf));

        // A label says that the other classes are impossible; the teacher does not.
        Assert.IsLessThan(CertaintyOf(hard), CertaintyOf(soft));
    }

    [TestMethod]
    public void Fit_LabelsAlone_GivesTheModelOfATrainingWithoutTeacherBitForBit()
    {
        using var teacher = TrainTeacher();
        MobileNetV2TrainerOptions options = CreateOptions(teacher);
        options.Distillation!.LabelWeight = 1;
        using var taught = Train(options, CreateRows(TrainedModels.LabelOf));
        options.Distillation = null;
        using var alone = Train(options, CreateRows(TrainedModels.LabelOf));

        Assert.AreSequenceEqual(alone.Head.Layers[0].Weights.ToArray(), taught.Head.Layers[0].Weights.ToArray());
    }

    [TestMethod]
    public void Fit_SavedAndLoadedTeacher_TeachesTheSame()
    {
        using TemporaryFolder folder = new();
        using var teacher = TrainTeacher();
        _context.Model.Save(teacher, CreateRows(TrainedModels.LabelOf).Schema, folder.PathOf("teacher.zip"));
        using var fitted = Train(CreateOptions(teacher), CreateRows(_ => string.Empty));
        ITransformer stock = _context.Model.LoadStock(folder.PathOf("teacher.zip"), out _);
        using var loaded = Train(CreateOptions(stock), CreateRows(_ => string.Empty));

        Assert.AreSequenceEqual(fitted.Head.Layers[0].Weights.ToArray(), loaded.Head.Layers[0].Weights.ToArray());
    }

    [TestMethod]
    public void Fit_FineTuningWithViewsAndRowsHeldOut_LearnsFromTheTeacherToo()
    {
        using var teacher = TrainTeacher();
        MobileNetV2TrainerOptions options = CreateOptions(teacher);
        options.Weights = MobileNetV2Weights.BundledSmall;
        options.FineTuning = new() { UnfrozenBlocks = 2, Epochs = 3, BatchSize = 8 };
        options.Augmentation = new() { ViewsPerImage = 1 };
        options.ValidationFraction = 0.25;
        options.FeatureCache = FeatureCache.InMemory();
        using var student = Train(options, CreateRows(index => index % 2 == 0 ? string.Empty : TrainedModels.LabelOf(index)));

        IReadOnlyList<EpochResult> epochs = student.FineTuning!.Epochs;
        Assert.IsLessThan(epochs[0].Training.Loss, epochs[^1].Training.Loss);
        Assert.IsGreaterThan(0.5, epochs[^1].Validation!.Accuracy);
        Assert.AreEqual(2 * RowCount, options.FeatureCache.MissCount, "the cache keeps the teacher's features");
    }

    [TestMethod]
    public void Fit_LabelsOfOtherTypes_KeepTheirType()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, RowCount)
            .Select(index => new NumberedImage { Image = TrainedModels.Draw(index), Label = TrainedModels.DiscCount(index) }).ToArray());
        MobileNetV2TrainerOptions options = new() { Weights = MobileNetV2Weights.BundledSmall, InputSize = TrainedModels.InputSize };
        using var teacher = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);
        options.Distillation = new() { Teacher = teacher };
        IDataView keys = _context.Transforms.Conversion.MapValueToKey("Label").Fit(rows).Transform(rows);

        foreach (IDataView view in new[] { rows, keys })
        {
            using var student = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(view);
            IDataView values = _context.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(student.Transform(view)).Transform(student.Transform(view));
            Assert.AreSequenceEqual(["2", "12", "60"], student.ClassNames);
            Assert.IsTrue(values.GetColumn<float>("PredictedLabel").All(value => value is 2 or 12 or 60));
        }
    }

    [TestMethod]
    public void Fit_LabelsThatTheTeacherDoesNotKnow_AreNamed()
    {
        using var teacher = TrainTeacher();
        string unknown = Error<InvalidOperationException>(() => Train(CreateOptions(teacher), CreateRows(index => index == 5 ? "hardly any" : string.Empty)));
        IDataView numbers = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(index => new NumberedImage { Image = TrainedModels.Draw(index), Label = index }).ToArray());
        string other = Error<InvalidOperationException>(() => Train(CreateOptions(teacher), numbers));

        Assert.AreEqual("Row 5, column 'Label': the label 'hardly any' is not among the 3 classes of the teacher.", unknown);
        Assert.AreEqual("The teacher knows the class 'few', which is not among the 3 labels of the rows. Give at least one row this label, or use text as labels.", other);
    }

    [TestMethod]
    public void Fit_ModelThatCannotTeach_SaysWhatItIs()
    {
        IDataView rows = CreateRows(TrainedModels.LabelOf);
        IDataView flags = _context.Transforms.Conversion.MapValue("Flag", [new("few", false), new("some", true), new KeyValuePair<string, bool>("many", true)], "Label").Fit(rows).Transform(rows);
        using var binary = _context.BinaryClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { LabelColumnName = "Flag", InputSize = TrainedModels.InputSize, Weights = MobileNetV2Weights.BundledSmall }).Fit(flags);
        using var featurizer = _context.Transforms.MobileNetV2("Features", "Image", MobileNetV2Weights.BundledSmall).Fit(rows);
        using var ofFeatures = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { ImageColumnName = "Features" }).Fit(featurizer.Transform(rows));
        using var teacher = TrainTeacher();
        MobileNetV2TrainerOptions onFeatures = CreateOptions(teacher);
        onFeatures.ImageColumnName = "Features";

        Assert.StartsWith(
            "Distillation.Teacher was trained for binary BinaryCrossEntropy on images; expected a model of several classes with softmax, trained on images.",
            Error<ArgumentException>(() => Train(CreateOptions(binary), rows)));
        Assert.StartsWith("Distillation.Teacher was trained for multiclass CategoricalCrossEntropy on features; ", Error<ArgumentException>(() => Train(CreateOptions(ofFeatures), rows)));
        Assert.StartsWith("Distillation.Teacher has 0 heads that this library trained; ", Error<ArgumentException>(() => Train(CreateOptions(featurizer), rows)));
        Assert.AreEqual(
            "Distillation is set, but column 'Features' has features, so the teacher sees no image. Train on images, or leave Distillation null.",
            Error<InvalidOperationException>(() => Train(onFeatures, featurizer.Transform(rows))));
    }

    [TestMethod]
    public void Create_OptionsThatDoNotFit_NamesThemAll()
    {
        MobileNetV2TrainerOptions options = new() { Distillation = new() { Temperature = 0, LabelWeight = 1.5 } };

        string error = Error<ArgumentException>(() => _context.BinaryClassification.Trainers.MobileNetV2(options));

        Assert.Contains("Distillation.Teacher is null; expected a model of MulticlassClassification.Trainers.MobileNetV2.", error);
        Assert.Contains("Distillation.Temperature is 0; expected a finite number above 0.", error);
        Assert.Contains("Distillation.LabelWeight is 1.5; expected 0 to 1.", error);
        Assert.Contains("Distillation is set, but the labels are binary; expected MulticlassClassification.Trainers.MobileNetV2 with one label per image.", error);
    }

    [TestMethod]
    public void Fit_LossThatDistillationDoesNotReplace_IsRefused()
    {
        using var teacher = TrainTeacher();
        MobileNetV2TrainerOptions options = CreateOptions(teacher);
        options.Head!.Loss = HeadLoss.BinaryCrossEntropy;

        Assert.StartsWith(
            "Distillation learns with categorical cross-entropy, but the loss of the head is binary cross-entropy.",
            Error<InvalidOperationException>(() => Train(options, CreateRows(_ => string.Empty))));
    }

    private static string Error<TException>(Action action)
        where TException : Exception => Assert.ThrowsExactly<TException>(action).Message;

    private static MobileNetV2TrainerOptions CreateOptions(ITransformer teacher) => new()
    {
        Weights = SyntheticNetwork.Create(0.35f, classCount: 0),
        InputSize = TrainedModels.InputSize,
        Head = new() { Epochs = 60 },
        Distillation = new() { Teacher = teacher },
    };

    private static double CertaintyOf(MobileNetV2PredictionTransformer model) =>
        model.Transform(TrainedModels.CreateRows(new(1), RowCount)).GetColumn<float[]>("Score").Average(scores => scores.Max());

    private IDataView CreateRows(Func<int, string> labelOf) => _context.Data.LoadFromEnumerable(Enumerable.Range(0, RowCount)
        .Select(index => new TrainedModels.LabeledImage { Image = TrainedModels.Draw(index), Label = labelOf(index) }).ToArray());

    private int AgreementOf(MobileNetV2PredictionTransformer teacher, MobileNetV2PredictionTransformer student)
    {
        IDataView rows = CreateRows(TrainedModels.LabelOf);
        return teacher.Transform(rows).GetColumn<uint>("PredictedLabel").Zip(student.Transform(rows).GetColumn<uint>("PredictedLabel")).Count(pair => pair.First == pair.Second);
    }

    private MobileNetV2PredictionTransformer TrainTeacher() => TrainedModels.TrainMulticlass(
        _context, new() { Weights = MobileNetV2Weights.BundledSmall, InputSize = 2 * TrainedModels.InputSize, Head = new() { Epochs = 10 } });

    private MobileNetV2PredictionTransformer Train(MobileNetV2TrainerOptions options, IDataView rows) =>
        _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows, cancellationToken: TestContext.CancellationToken);

    private sealed class NumberedImage
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        public float Label { get; set; }
    }
}
