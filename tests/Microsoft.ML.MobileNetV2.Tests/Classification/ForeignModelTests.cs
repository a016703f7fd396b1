using System.Text;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Classification;

/// <summary>Files that are no saved models say what they are.</summary>
[TestClass]
public sealed class ForeignModelTests
{
    private const string Expected = "Load the .zip that mlContext.Model.Save wrote.";

    [TestMethod]
    public void Load_OnnxFile_NamesOnnxRuntime()
    {
        using TemporaryFolder folder = new();
        ImageClassifier classifier = ImageClassifier.ForImageNet();
        using (classifier)
        {
            classifier.SaveAsOnnx(folder.PathOf("model.onnx"));
        }

        AssertRefused(folder.PathOf("model.onnx"), $"it looks like an ONNX file, which runs in ONNX Runtime. {Expected}");
    }

    [TestMethod]
    public void Load_ImageOrWeights_NamesThem()
    {
        using TemporaryFolder folder = new();

        AssertRefused(folder.Write("image.jpg", TestImages.Jpeg(64, 64, TestImages.Noise)), $"it is an image. {Expected}");
        AssertRefused(folder.Write("image.png", TestImages.Png(64, 64, TestImages.Noise)), $"it is an image. {Expected}");
        AssertRefused(
            Repository.PathOf("assets", "mobilenet_v2_0.5_128_bundled.safetensors"), $"it looks like a file of weights; MobileNetV2Weights.FromFile reads those. {Expected}");
    }

    [TestMethod]
    public void Load_OtherFile_SaysWhatIsExpected()
    {
        using TemporaryFolder folder = new();

        AssertRefused(folder.Write("text.zip", Encoding.UTF8.GetBytes("This is a text, and no model.")), $"it is not a .zip file. {Expected}");
        AssertRefused(folder.Write("cut.zip", [(byte)'P', (byte)'K', 3, 4, .. new byte[50]]), "it does not end as a .zip file does. Copy or download the file again.");
    }

    private static void AssertRefused(string path, string expected)
    {
        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(path));

        Assert.Contains($"'{path}'", error.Message);
        Assert.EndsWith(expected, error.Message);
    }
}
