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
    public void Save_ExistingFile_IsReplacedAndNothingElseIsLeft()
    {
        using TemporaryFolder folder = new();
        File.WriteAllText(folder.PathOf("x.safetensors"), "old");

        WeightsFile.Save(SyntheticNetwork.Create(0.35f, classCount: 0), folder.PathOf("x.safetensors"));

        Assert.AreEqual(0, MobileNetV2Weights.FromFile(folder.PathOf("x.safetensors")).ClassCount);
        Assert.AreSequenceEqual(["x.safetensors"], folder.FileNames());
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
