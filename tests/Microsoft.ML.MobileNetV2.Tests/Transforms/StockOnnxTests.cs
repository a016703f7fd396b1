using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Transforms;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.MobileNetV2.Tests.Transforms;

[TestClass]
public sealed class StockOnnxTests
{
    [TestMethod]
    public void Open_FileNameOfAnotherFormat_IsTriedAgain()
    {
        using TemporaryFolder folder = new();
        byte[] model = SavedOnnxModels.CreateText("start", "text", "some text");
        int attempts = 0;

        using InferenceSession session = StockOnnx.Open(() => new InferenceSession(folder.Write(++attempts == 1 ? "k3jfs2lq.ort" : "k3jfs2lq.tmp", model)));

        Assert.AreEqual(2, attempts);
        Assert.AreSequenceEqual(["text"], session.OutputMetadata.Keys);
    }

    [TestMethod]
    public void Open_FileNameAlwaysOfAnotherFormat_Throws()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("k3jfs2lq.ort", SavedOnnxModels.CreateText("start", "text", "some text"));
        int attempts = 0;

        Assert.ThrowsExactly<OnnxRuntimeException>(() => StockOnnx.Open(() =>
        {
            attempts++;
            return new InferenceSession(path);
        }));
        Assert.AreEqual(3, attempts);
    }

    [TestMethod]
    public void Open_AnotherFault_IsNotTriedAgain()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("k3jfs2lq.tmp", [1, 2, 3]);
        int attempts = 0;

        Assert.Throws<OnnxRuntimeException>(() => StockOnnx.Open(() =>
        {
            attempts++;
            return new InferenceSession(path);
        }));
        Assert.AreEqual(1, attempts);
    }
}
