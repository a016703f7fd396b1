using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Trainer;

/// <summary>A vector of labels: each image has any number of them.</summary>
[TestClass]
public sealed class MultiLabelTests
{
    private static readonly string[] Names = ["several", "many"];

    private readonly MLContext _context = new(1);

    [TestMethod]
    public void Fit_OnFlags_LearnsEachLabel_BeforeAndAfterLoading()
    {
        using TemporaryFolder folder = new();
        IDataView rows = CreateRows();
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);
        _context.Model.Save(model, rows.Schema, folder.PathOf("model.zip"));
        bool[][] expected = [.. rows.GetColumn<bool[]>("Label")];
        float[][] scores = [.. model.Transform(rows).GetColumn<float[]>("Score")];

        foreach (ITransformer each in new[] { model, _context.Model.LoadStock(folder.PathOf("model.zip"), out _), _context.Model.LoadWithMobileNetV2(folder.PathOf("model.zip"), out _) })
        {
            IDataView scored = each.Transform(rows);
            Assert.AreSequenceEqual(expected.SelectMany(row => row), scored.GetColumn<bool[]>("PredictedLabel").SelectMany(row => row));
            AssertNames(scored.Schema["Score"]);
            AssertNames(scored.Schema["PredictedLabel"]);
            foreach ((float first, float second) in scores.SelectMany(row => row).Zip(scored.GetColumn<float[]>("Score").SelectMany(row => row)))
            {
                Assert.AreEqual(first, second, 1e-5);
            }
        }

        Assert.AreSequenceEqual(Names, model.ClassNames);
        Assert.IsTrue(scores.SelectMany(row => row).All(score => score is >= 0 and <= 1), "sigmoid is the default");
    }

    [TestMethod]
    public void History_WithAllLabelsRight_IsExactlyOne()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(index => new ManyFlags
        {
            Features = [index % 2, index % 3, 1],
            Label = [index % 2 == 0, index % 2 == 1, index % 3 == 0, index % 3 == 2, true, false, index % 2 == 0],
        }).ToArray());

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            ImageColumnName = "Features",
            LabelMode = LabelMode.MultiLabel,
            Head = new HeadTrainerOptions { Loss = HeadLoss.BinaryCrossEntropy, Epochs = 300, Optimizer = new AdamOptions { LearningRate = 0.05 } },
        }).Fit(rows);

        Assert.AreEqual(1.0, model.History.Epochs.Max(epoch => epoch.Training.Accuracy));
    }

    [TestMethod]
    public void Fit_OnNumbersWithoutNames_CountsThem()
    {
        IDataView rows = _context.Data.LoadFromEnumerable(Enumerable.Range(0, 12).Select(index => new Shares
        {
            Image = TrainedModels.Draw(index),
            Label = [index % 3 == 0 ? 0.1f : 0.9f, 1],
        }).ToArray());

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);

        Assert.AreSequenceEqual(["0", "1"], model.ClassNames);
    }

    [TestMethod]
    public void Fit_WithSquaredHinge_DecidesAtZero()
    {
        IDataView rows = CreateRows();
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Head = new HeadTrainerOptions { Loss = HeadLoss.SquaredHinge, Epochs = 60 };

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);
        IDataView scored = model.Transform(rows);

        foreach ((float[] scores, bool[] labels) in scored.GetColumn<float[]>("Score").Zip(scored.GetColumn<bool[]>("PredictedLabel")))
        {
            Assert.AreSequenceEqual(scores.Select(score => score > 0), labels);
        }
    }

    [TestMethod]
    public void Classifier_GivesTheLabelsByScore()
    {
        IDataView rows = CreateRows();
        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows);
        using ImageClassifier classifier = _context.Model.CreateImageClassifier(model);

        ImagePrediction prediction = classifier.Predict(TrainedModels.Source(2), topK: 2);

        Assert.AreEqual(LabelMode.MultiLabel, classifier.LabelMode);
        Assert.IsTrue(prediction.Scores.All(score => score.Score > 0.5f), "an image of many discs has both labels");
        Assert.AreEqual(string.Join(", ", prediction.Scores.Select(score => FormattableString.Invariant($"{score.Label} ({score.Score:0.000})"))), prediction.ToString());
    }

    [TestMethod]
    public void Fit_WithSoftmax_SaysWhatFits()
    {
        MobileNetV2TrainerOptions options = CreateOptions();
        options.Head = new HeadTrainerOptions();

        string error = Assert.ThrowsExactly<ArgumentException>(
            () => _context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(CreateRows())).Message;

        Assert.Contains("use sigmoid with binary cross-entropy", error);
    }

    [TestMethod]
    [DataRow(float.NaN, "Row 1, column 'Label': the label is missing")]
    [DataRow(2f, "Row 1, column 'Label': slot 0 of the label is 2; expected 0 to 1.")]
    public void Fit_OnBadNumbers_NamesTheRow(float bad, string expected)
    {
        IDataView rows = _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 2).Select(index => new Shares { Image = TrainedModels.Draw(index), Label = [index == 1 ? bad : 0, 1] }).ToArray());

        Exception error = Assert.Throws<Exception>(() => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(rows));

        Assert.Contains(expected, error.Message);
    }

    [TestMethod]
    public void Fit_OnSlotsOfTheSameName_SaysSo()
    {
        IDataView rows = CreateRows();
        IDataView twice = _context.Transforms.CopyColumns("water", "Label").Append(_context.Transforms.Conversion.ConvertType("water", "water", DataKind.Single))
            .Append(_context.Transforms.Concatenate("Label", "water", "water")).Fit(rows).Transform(rows);

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions()).Fit(twice)).Message;

        Assert.Contains("for several slots; each needs a name of its own", error);
    }

    [TestMethod]
    public void OtherTasks_RefuseVectors()
    {
        IDataView rows = CreateRows();

        string binary = Assert.Throws<ArgumentException>(() => _context.BinaryClassification.Trainers.MobileNetV2().Fit(rows)).Message;
        string regression = Assert.Throws<ArgumentException>(() => _context.Regression.Trainers.MobileNetV2().Fit(rows)).Message;

        Assert.Contains("expected Boolean, got Vector<Boolean, 2>", binary);
        Assert.Contains("expected Single, got Vector<Boolean, 2>", regression);
    }

    [TestMethod]
    public void Construction_MultiLabelForAnotherTask_IsRefused()
    {
        string binary = Assert.Throws<ArgumentException>(() => _context.BinaryClassification.Trainers.MobileNetV2(CreateOptions())).Message;
        string regression = Assert.Throws<ArgumentException>(() => _context.Regression.Trainers.MobileNetV2(CreateOptions())).Message;

        Assert.Contains("LabelMode is MultiLabel; several labels per image are learned by MulticlassClassification", binary);
        Assert.Contains("LabelMode is MultiLabel; several labels per image are learned by MulticlassClassification", regression);
    }

    [TestMethod]
    public void FitAndGetOutputSchema_VectorWithoutMultiLabel_SayWhatToSet()
    {
        IDataView rows = CreateRows();
        var trainer = _context.MulticlassClassification.Trainers.MobileNetV2();

        string fit = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows)).Message;
        string schema = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.GetOutputSchema(SchemaShapes.Of(rows))).Message;

        Assert.Contains("label column 'Label': expected one label per image (key, String, Boolean or number), got Vector<Boolean, 2>. For several labels per image set LabelMode to MultiLabel.", fit);
        Assert.Contains("got Vector of Boolean. For several labels per image set LabelMode to MultiLabel.", schema);
    }

    [TestMethod]
    public void FitAndGetOutputSchema_ScalarWithMultiLabel_SayWhatToSet()
    {
        IDataView rows = TrainedModels.CreateRows(_context, 6);
        var trainer = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions());

        string fit = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.Fit(rows)).Message;
        string schema = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => trainer.GetOutputSchema(SchemaShapes.Of(rows))).Message;

        Assert.Contains("since LabelMode is MultiLabel, got String. For one label per image set LabelMode to SingleLabel.", fit);
        Assert.Contains("since LabelMode is MultiLabel, got String.", schema);
    }

    [TestMethod]
    public void GetOutputSchema_PromisesWhatTheModelMakes()
    {
        IDataView rows = CreateRows();
        var trainer = _context.MulticlassClassification.Trainers.MobileNetV2(CreateOptions());
        using var model = trainer.Fit(rows);

        SchemaShape promised = trainer.GetOutputSchema(SchemaShapes.Of(rows));
        DataViewSchema made = model.GetOutputSchema(rows.Schema);

        foreach (string name in new[] { "Score", "PredictedLabel" })
        {
            SchemaShape.Column column = promised.Single(candidate => candidate.Name == name);
            var type = (VectorDataViewType)made[name].Type;
            Assert.AreEqual(SchemaShape.Column.VectorKind.Vector, column.Kind, name);
            Assert.AreEqual(type.ItemType, column.ItemType, name);
            Assert.Contains(annotation => annotation.Name == "SlotNames", column.Annotations, name);
        }
    }

    private static MobileNetV2TrainerOptions CreateOptions() => new() { InputSize = TrainedModels.InputSize, LabelMode = LabelMode.MultiLabel };

    private static void AssertNames(DataViewSchema.Column column)
    {
        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        Assert.AreSequenceEqual(Names, names.DenseValues().Select(name => name.ToString()));
    }

    private IDataView CreateRows()
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(Flags));
        ReadOnlyMemory<char>[] names = [.. Names.Select(name => name.AsMemory())];
        definition["Label"].AddAnnotation("SlotNames", new VBuffer<ReadOnlyMemory<char>>(names.Length, names), new VectorDataViewType(TextDataViewType.Instance, names.Length));
        return _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, 24).Select(index => new Flags
            {
                Image = TrainedModels.Draw(index),
                Label = [TrainedModels.DiscCount(index) >= 12, TrainedModels.DiscCount(index) >= 60],
            }).ToArray(),
            definition);
    }

    private sealed class Flags
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        [VectorType(2)]
        public bool[] Label { get; set; } = [];
    }

    private sealed class ManyFlags
    {
        [VectorType(3)]
        public float[] Features { get; set; } = [];

        [VectorType(7)]
        public bool[] Label { get; set; } = [];
    }

    private sealed class Shares
    {
        [VectorType]
        public byte[] Image { get; set; } = [];

        [VectorType(2)]
        public float[] Label { get; set; } = [];
    }
}
