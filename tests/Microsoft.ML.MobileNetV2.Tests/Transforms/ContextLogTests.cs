using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.Runtime;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

/// <summary>Without a log of their own, featurizers and trainers write where ML.NET's own components do.</summary>
[TestClass]
public sealed class ContextLogTests
{
    private const int Size = 64;
    private const string RangeWarning =
        "Column 'Image': no pixel value of any row is above 1, but 0 to 255 is expected. Set PixelRange to Unit where values are from 0 to 1";

    private readonly MLContext _context = new(1);
    private readonly List<LoggingEventArgs> _entries = [];

    public ContextLogTests() => _context.Log += (_, entry) => _entries.Add(entry);

    private string[] OwnWarnings =>
        [.. _entries.Where(entry => entry.Kind == ChannelMessageKind.Warning && entry.Source.Contains("MobileNetV2", StringComparison.Ordinal)).Select(entry => entry.RawMessage)];

    [TestMethod]
    public void Transform_WholePassUpToOne_WarnsInTheContext()
    {
        IDataView rows = CreateRows(4);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(log: null).Fit(rows);

        Assert.HasCount(4, featurizer.Transform(rows).GetColumn<float[]>("Features").ToArray());

        Assert.AreSequenceEqual([RangeWarning], OwnWarnings);
    }

    [TestMethod]
    public void Transform_ByAModelThatWasLoaded_WarnsInTheContextThatLoadedIt()
    {
        IDataView rows = CreateRows(2);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(log: new ListLogger()).Fit(rows);
        using MemoryStream stream = new();
        _context.Model.Save(featurizer, rows.Schema, stream);
        stream.Position = 0;
        ITransformer loaded = _context.Model.LoadWithMobileNetV2(stream, out _);
        using IDisposable disposable = (IDisposable)loaded;

        Assert.HasCount(2, loaded.Transform(rows).GetColumn<float[]>("Features").ToArray());

        Assert.AreSequenceEqual([RangeWarning], OwnWarnings);
    }

    [TestMethod]
    public void Transform_WithALogOfItsOwn_WritesNothingInTheContext()
    {
        ListLogger log = new();
        IDataView rows = CreateRows(2);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(log).Fit(rows);

        Assert.HasCount(2, featurizer.Transform(rows).GetColumn<float[]>("Features").ToArray());

        Assert.IsEmpty(OwnWarnings);
        Assert.AreSequenceEqual([$"Warning {RangeWarning}"], log.Lines);
    }

    [TestMethod]
    [DataRow("multiclass")]
    [DataRow("binary")]
    [DataRow("regression")]
    public void Fit_OfATrainer_WritesItsProgressAndWarningsInTheContext(string task)
    {
        IDataView rows = CreateRows(4);
        MobileNetV2TrainerOptions With(HeadLoss loss) => new() { InputSize = Size, Head = new() { Epochs = 1, Loss = loss } };
        IEstimator<ITransformer> trainer = task switch
        {
            "multiclass" => _context.MulticlassClassification.Trainers.MobileNetV2(With(HeadLoss.CategoricalCrossEntropy)),
            "binary" => _context.Transforms.Conversion.ConvertType("Label", outputKind: DataKind.Boolean)
                .Append(_context.BinaryClassification.Trainers.MobileNetV2(With(HeadLoss.BinaryCrossEntropy))),
            _ => _context.Regression.Trainers.MobileNetV2(With(HeadLoss.MeanSquaredError)),
        };

        using IDisposable model = (IDisposable)trainer.Fit(rows);

        Assert.AreSequenceEqual([RangeWarning], OwnWarnings);
        Assert.IsTrue(_entries.Exists(entry => entry.Kind == ChannelMessageKind.Info && entry.RawMessage.StartsWith("Training on 4 rows", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void Fit_OfATrainerThatSkipsAnImage_WarnsInTheContext()
    {
        using TemporaryFolder folder = new();
        string image = folder.Write("image.png", SavedZips.Image());
        IDataView rows = _context.Data.LoadFromEnumerable(
        [
            new LabeledPath { Image = image, Label = 0 },
            new LabeledPath { Image = folder.Write("braces {0}.png", [1, 2, 3]), Label = 0 },
            new LabeledPath { Image = image, Label = 1 },
        ]);

        using var model = _context.MulticlassClassification.Trainers.MobileNetV2(new MobileNetV2TrainerOptions
        {
            InputSize = Size,
            UnreadableImages = UnreadableImageHandling.SkipRow,
            Head = new() { Epochs = 1 },
        }).Fit(rows);

        string warning = Assert.ContainsSingle(OwnWarnings);
        Assert.StartsWith("Row 1, column 'Image': the image cannot be read: ", warning);
        Assert.Contains("braces {0}.png", warning);
    }

    private MobileNetV2FeaturizerEstimator Featurizer(ListLogger? log) =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", InputSize = Size, Logger = log });

    private IDataView CreateRows(int count)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(LabeledPixels));
        definition["Image"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, 3, Size, Size);
        return _context.Data.LoadFromEnumerable(
            Enumerable.Range(0, count).Select(i => new LabeledPixels { Image = [.. Enumerable.Repeat((float)i / count, 3 * Size * Size)], Label = i % 2 }).ToArray(), definition);
    }

    private sealed class LabeledPixels
    {
        [VectorType]
        public float[] Image { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class LabeledPath
    {
        public string Image { get; set; } = string.Empty;

        public float Label { get; set; }
    }
}
