using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms.Featurizer;

/// <summary>Vectors of pixels: their order follows from their dimensions, and their range is stated and checked.</summary>
[TestClass]
public sealed class PixelColumnTests
{
    private const int Size = 64;
    private readonly MLContext _context = new(1);

    [TestMethod]
    [DataRow(3, 64, 64, true, DisplayName = "planes")]
    [DataRow(64, 64, 3, true, DisplayName = "interleaved")]
    [DataRow(64, 3, 64, false, DisplayName = "colors in the middle")]
    [DataRow(3, 32, 128, false, DisplayName = "no square")]
    [DataRow(3, 65, 65, false, DisplayName = "another size")]
    [DataRow(4, 64, 64, false, DisplayName = "with alpha")]
    public void Fit_TakesPlanesAndInterleavedPixelsAndRefusesTheRest(int first, int second, int third, bool isTaken)
    {
        IDataView rows = CreateRows([new float[first * second * third]], first, second, third);

        if (isTaken)
        {
            using MobileNetV2FeaturizerTransformer featurizer = Featurizer().Fit(rows);
            Assert.IsNotNull(featurizer);
        }
        else
        {
            string error = Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Featurizer().Fit(rows)).Message;
            Assert.Contains($"shape (3, 64, 64), or (64, 64, 3) interleaved), got shape ({first}, {second}, {third})", error);
            Assert.Throws<Exception>(() => _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = Size }).Fit(rows));
        }
    }

    [TestMethod]
    [DataRow(PixelRange.Byte, -1f, "0 to 255")]
    [DataRow(PixelRange.Byte, 256f, "0 to 255")]
    [DataRow(PixelRange.Byte, float.NaN, "0 to 255")]
    [DataRow(PixelRange.Byte, float.PositiveInfinity, "0 to 255")]
    [DataRow(PixelRange.Unit, 1.1f, "0 to 1")]
    [DataRow(PixelRange.Unit, -0.1f, "0 to 1")]
    [DataRow(PixelRange.Unit, 255f, "0 to 1")]
    public void Transform_ValueOutOfTheRange_NamesTheRow(PixelRange range, float value, string expected)
    {
        float[] wrong = new float[3 * Size * Size];
        wrong[1234] = value;
        IDataView rows = CreateRows([new float[3 * Size * Size], wrong], 3, Size, Size);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(range, UnreadableImageHandling.SkipRow).Fit(rows);

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => featurizer.Transform(rows).GetColumn<float[]>("Features").Count()).Message;

        Assert.AreEqual(
            FormattableString.Invariant($"Row 1, column 'Image': a pixel value is {value}; expected {expected}, which is PixelRange.{range}. Set PixelRange, and leave any other normalization to the network."),
            error);
    }

    [TestMethod]
    [DataRow(new[] { 1f, 0.5f, 0f }, true, DisplayName = "no value above 1")]
    [DataRow(new[] { 0f, 2f, 0f }, false, DisplayName = "a single black image")]
    public void Transform_WholePassUpToOne_WarnsOnce(float[] levels, bool isWarned)
    {
        ListLogger log = new();
        IDataView rows = CreateRows([.. levels.Select(level => Enumerable.Repeat(level, 3 * Size * Size).ToArray())], 3, Size, Size);
        using MobileNetV2FeaturizerTransformer featurizer = Featurizer(log: log).Fit(rows);

        Assert.HasCount(levels.Length, featurizer.Transform(rows).GetColumn<float[]>("Features").ToArray());

        Assert.AreSequenceEqual(
            isWarned ? ["Warning Column 'Image': no pixel value of any row is above 1, but 0 to 255 is expected. Set PixelRange to Unit where values are from 0 to 1"] : [],
            log.Lines);
    }

    [TestMethod]
    public void Fit_TrainerOnPixelsUpToOne_Warns()
    {
        ListLogger log = new();
        IDataView rows = CreateRows([.. Enumerable.Range(0, 4).Select(index => Enumerable.Repeat(index / 4f, 3 * Size * Size).ToArray())], 3, Size, Size);

        using var model = _context.Regression.Trainers.MobileNetV2(new MobileNetV2TrainerOptions { InputSize = Size, Logger = log, Head = new() { Epochs = 1, Loss = HeadLoss.MeanSquaredError } }).Fit(rows);

        Assert.HasCount(1, log.Lines.Where(line => line.StartsWith("Warning Column 'Image'", StringComparison.Ordinal)));
    }

    private MobileNetV2FeaturizerEstimator Featurizer(
        PixelRange range = PixelRange.Byte, UnreadableImageHandling unreadable = UnreadableImageHandling.Throw, ListLogger? log = null) =>
        _context.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            InputColumnName = "Image",
            InputSize = Size,
            PixelRange = range,
            UnreadableImages = unreadable,
            Logger = log,
        });

    private IDataView CreateRows(float[][] images, params int[] dimensions)
    {
        SchemaDefinition definition = SchemaDefinition.Create(typeof(LabeledPixels));
        definition["Image"].ColumnType = new VectorDataViewType(NumberDataViewType.Single, dimensions);
        return _context.Data.LoadFromEnumerable(images.Select(image => new LabeledPixels { Image = image }).ToArray(), definition);
    }

    private sealed class LabeledPixels
    {
        [VectorType]
        public float[] Image { get; set; } = [];

        public float Label { get; set; }
    }
}
