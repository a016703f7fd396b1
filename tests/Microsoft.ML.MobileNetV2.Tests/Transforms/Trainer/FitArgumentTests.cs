using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>What belongs to one run is an argument of Fit; the options are the fallback where a pipeline calls Fit.</summary>
[TestClass]
public sealed class FitArgumentTests
{
    private readonly MLContext _context = new(1);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void Fit_InAPipeline_UsesTheOptions()
    {
        List<TrainingProgress> reports = [];
        MobileNetV2TrainerOptions options = CreateOptions();
        options.ValidationSet = CreateRows(6);
        options.Progress = new ImmediateProgress(reports.Add);

        using var model = new EstimatorChain<ITransformer>().Append(_context.MulticlassClassification.Trainers.MobileNetV2(options)).Fit(CreateRows(12));

        Assert.IsNotNull(model.LastTransformer.History.Epochs[0].Validation);
        Assert.IsNotEmpty(reports);
    }

    [TestMethod]
    public void Fit_WithArguments_LeavesTheOptionsUnused()
    {
        using CancellationTokenSource canceled = new();
        canceled.Cancel();
        List<TrainingProgress> fromOptions = [];
        List<TrainingProgress> fromArgument = [];
        MobileNetV2TrainerOptions options = CreateOptions();
        options.ValidationSet = CreateRows(0);
        options.Progress = new ImmediateProgress(fromOptions.Add);
        options.CancellationToken = canceled.Token;

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options)
            .Fit(CreateRows(12), CreateRows(6), new ImmediateProgress(fromArgument.Add), TestContext.CancellationToken);

        Assert.IsNotNull(model.History.Epochs[0].Validation);
        Assert.IsNotEmpty(fromArgument);
        Assert.IsEmpty(fromOptions);
    }

    [TestMethod]
    public void Fit_OptionsChangedAfterwards_TrainsAsBefore()
    {
        MobileNetV2TrainerOptions options = CreateOptions();
        var trainer = _context.MulticlassClassification.Trainers.MobileNetV2(options);

        options.LabelColumnName = "Missing";
        options.Head!.Epochs = 7;
        using var model = trainer.Fit(CreateRows(12));

        Assert.HasCount(2, model.History.Epochs);
    }

    [TestMethod]
    public void Construction_EverythingWrong_IsOneMessage()
    {
        MobileNetV2TrainerOptions options = new()
        {
            LabelColumnName = string.Empty,
            ScoreColumnName = "Image",
            UnreadableImages = (UnreadableImageHandling)9,
            InputSize = 31,
            MaxDegreeOfParallelism = 0,
            Head = new() { Layers = [new() { Units = 3, DropoutRate = float.NaN, Activation = HeadActivation.Sigmoid }], Loss = HeadLoss.BinaryCrossEntropy, BatchSize = 0 },
        };

        ArgumentException exception = Assert.ThrowsExactly<ArgumentException>(() => _context.BinaryClassification.Trainers.MobileNetV2(options));

        string[] expected =
        [
            "The options are not valid: LabelColumnName is empty.",
            "'Image' is the name of two columns; those that the model makes need names of their own.",
            "UnreadableImages is 9; expected one of Throw, SkipRow, ReturnNaN.",
            "Head.Layers[0].DropoutRate is NaN; expected at least 0 and below 1.",
            "Head.BatchSize is 0; expected at least 1 row.",
            "Binary classification gives a probability, so its head ends in one unit with sigmoid; it has 3 with sigmoid.",
            "Use HeadLoss.BinaryCrossEntropy, or set the activation of the last layer.",
            "InputSize is 31; expected 32 to 4096.",
            "MaxDegreeOfParallelism is 0; expected 1 to 1024. (Parameter 'options')",
        ];
        Assert.AreEqual(string.Join(" ", expected), exception.Message);
    }

    private static MobileNetV2TrainerOptions CreateOptions() => new() { ImageColumnName = "Features", Head = new() { Epochs = 2 } };

    private IDataView CreateRows(int count) => _context.Data.LoadFromEnumerable(
        Enumerable.Range(0, count).Select(index => new FeatureRow { Features = [index % 2, 1], Label = index % 2 == 0 ? "even" : "odd" }).ToArray());

    private sealed class FeatureRow
    {
        [VectorType(2)]
        public float[] Features { get; set; } = [];

        public string Label { get; set; } = string.Empty;
    }
}
