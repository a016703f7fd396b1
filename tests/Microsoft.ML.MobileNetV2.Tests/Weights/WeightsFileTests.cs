using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

[TestClass]
public sealed class WeightsFileTests
{
    private static readonly string[] ClassNames = [.. Enumerable.Range(0, SyntheticNetwork.ClassCount).Select(index => $"class \"{index}\", ä")];

    [TestMethod]
    public void Save_FromFile_GivesTheSameDescriptionAndBits()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(1.1f, PaddingConvention.Same, depthMultiplier: 1.2f);
        weights = weights.WithDescription(UnusualDescription(weights.Description));

        WeightsFile.Save(weights, folder.PathOf("x.safetensors"));
        MobileNetV2Weights read = MobileNetV2Weights.FromFile(folder.PathOf("x.safetensors"));

        AssertSameDescription(weights.Description, read.Description);
        CheckpointAssert.SameBits(weights.Checkpoint, read.Checkpoint);
        Assert.AreEqual(weights.ClassCount, read.ClassCount);
    }

    [TestMethod]
    public void Save_AsFloat16_HalvesTheFileAndRoundsMatricesOnce()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);

        WeightsFile.Save(weights, folder.PathOf("single.safetensors"));
        WeightsFile.Save(weights, folder.PathOf("half.safetensors"), TensorDataType.Float16);
        MobileNetV2Weights read = MobileNetV2Weights.FromFile(folder.PathOf("half.safetensors"));
        WeightsFile.Save(read, folder.PathOf("again.safetensors"), TensorDataType.Float16);

        AssertSameDescription(weights.Description, read.Description);
        CheckpointAssert.SameBits(WithHalves(weights.Checkpoint), read.Checkpoint);
        Assert.IsLessThan(0.6 * new FileInfo(folder.PathOf("single.safetensors")).Length, new FileInfo(folder.PathOf("half.safetensors")).Length);
        Assert.AreSequenceEqual(File.ReadAllBytes(folder.PathOf("half.safetensors")), File.ReadAllBytes(folder.PathOf("again.safetensors")));
    }

    [TestMethod]
    public void Save_AsFloat16_NumberThatDoesNotFit_ThrowsAndWritesNothing()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);
        weights.Checkpoint.Require("classifier.1.weight").Values[3] = -70_000;

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => WeightsFile.Save(weights, folder.PathOf("x.safetensors"), TensorDataType.Float16));

        Assert.AreEqual("dataType", error.ParamName);
        Assert.Contains("'classifier.1.weight' holds -70000 at index 3, but Float16 ends at 65504; save these weights as Float32", error.Message);
        Assert.IsEmpty(folder.FileNames());
    }

    [TestMethod]
    public void Save_UndefinedDataType_Throws() => Assert.AreEqual(
        "dataType",
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => WeightsFile.Save(SyntheticNetwork.Create(0.35f), "x", (TensorDataType)9)).ParamName);

    [TestMethod]
    public void Save_ExistingFile_IsReplacedAndNothingElseIsLeft()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("x.safetensors"), "old");

        WeightsFile.Save(SyntheticNetwork.Create(0.35f, classCount: 0), folder.PathOf("x.safetensors"));

        Assert.AreEqual(0, MobileNetV2Weights.FromFile(folder.PathOf("x.safetensors")).ClassCount);
        Assert.AreSequenceEqual(["x.safetensors"], folder.FileNames());
    }

    [TestMethod]
    public void Save_NameAsLongAsTheFileSystemTakes_IsSaved()
    {
        using TemporaryFolder folder = new();
        string name = new string('n', 238) + ".safetensors";

        WeightsFile.Save(SyntheticNetwork.Create(0.35f, classCount: 0), folder.PathOf(name));

        Assert.AreSequenceEqual([name], folder.FileNames());
    }

    [TestMethod]
    public void Save_AfterAnotherProcessWasKilled_RemovesWhatItLeft()
    {
        using TemporaryFolder folder = new();
        string old = folder.Write(".mobilenetv2-old.tmp", "half"u8);
        string used = folder.Write(".mobilenetv2-used.tmp", "half"u8);
        string recent = folder.Write(".mobilenetv2-recent.tmp", "half"u8);
        using FileStream stream = new(used, FileMode.Open, FileAccess.Write, FileShare.None);
        File.SetLastWriteTimeUtc(old, DateTime.UtcNow.AddHours(-1));
        File.SetLastWriteTimeUtc(used, DateTime.UtcNow.AddHours(-1));

        WeightsFile.Save(SyntheticNetwork.Create(0.35f, classCount: 0), folder.PathOf("x.safetensors"));

        Assert.IsFalse(File.Exists(old));
        Assert.IsTrue(File.Exists(used));
        Assert.IsTrue(File.Exists(recent));
    }

    [TestMethod]
    public void Save_UnwritablePath_ThrowsAndLeavesNothing()
    {
        using TemporaryFolder folder = new();
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f, classCount: 0);

        Assert.ThrowsExactly<DirectoryNotFoundException>(() => WeightsFile.Save(weights, folder.PathOf("missing/x.safetensors")));

        Assert.IsEmpty(folder.FileNames());
    }

    [TestMethod]
    public void FromFile_MissingFile_NamesIt()
    {
        FileNotFoundException error = Assert.ThrowsExactly<FileNotFoundException>(() => MobileNetV2Weights.FromFile("no-such.safetensors"));

        Assert.Contains("'no-such.safetensors'", error.Message);
    }

    [TestMethod]
    public void FromStream_StreamThatCannotSeek_Throws()
    {
        using System.IO.Compression.GZipStream stream = new(new MemoryStream(), System.IO.Compression.CompressionMode.Decompress);

        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(() => MobileNetV2Weights.FromStream(stream));

        Assert.AreEqual("stream", error.ParamName);
    }

    [TestMethod]
    public void WithDescription_WrongCountOfClassNames_Throws()
    {
        MobileNetV2Weights weights = SyntheticNetwork.Create(0.35f);

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(
            () => weights.WithDescription(weights.Description with { ClassNames = ["a", "b"] }));

        Assert.AreEqual(WeightsFormatError.InvalidMetadata, error.Error);
        Assert.Contains("2 class names are given, but its classifier has 10 classes", error.Message);
    }

    private static Checkpoint WithHalves(Checkpoint checkpoint) => checkpoint with
    {
        Tensors = checkpoint.Tensors.ToDictionary(
            pair => pair.Key,
            pair => pair.Value.Shape.Count == 1
                ? pair.Value
                : pair.Value with { Values = Array.ConvertAll(pair.Value.Values, value => (float)(Half)value) }),
    };

    private static WeightsDescription UnusualDescription(WeightsDescription description) => description with
    {
        Name = "näme\n\"quoted\"",
        BatchNormEpsilon = 0.00123f,
        ClassNames = ClassNames,
        License = "Apache-2.0",
        Attribution = "made here",
        Preprocessing = new()
        {
            InputSize = 97,
            Resize = ImageResizeMode.Pad,
            CropFraction = 0.95f,
            Interpolation = ImageInterpolation.Bicubic,
            Mean = new(0.1f, 1 / 3f, 0.3f),
            StandardDeviation = new(0.4f, 0.5f, 1e-7f),
            Background = new(0, 127.5f, 255),
        },
    };

    private static void AssertSameDescription(WeightsDescription expected, WeightsDescription actual)
    {
        Assert.AreSequenceEqual(expected.ClassNames, actual.ClassNames);
        Assert.AreEqual(expected.Architecture.WidthMultiplier, actual.Architecture.WidthMultiplier);
        Assert.AreEqual(expected.Architecture.DepthMultiplier, actual.Architecture.DepthMultiplier);
        Assert.AreEqual(expected, actual with { ClassNames = expected.ClassNames, Architecture = expected.Architecture });
    }
}
