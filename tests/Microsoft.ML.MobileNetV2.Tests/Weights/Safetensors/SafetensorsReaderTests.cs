using Microsoft.ML.MobileNetV2.Weights;
using static Microsoft.ML.MobileNetV2.Tests.TestUtilities.SafetensorsBytes;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Safetensors;

[TestClass]
public sealed class SafetensorsReaderTests
{
    [TestMethod]
    [DataRow("F16", new byte[] { 0x00, 0xC1 }, -2.5f)]
    [DataRow("BF16", new byte[] { 0x20, 0xC0 }, -2.5f)]
    [DataRow("F32", new byte[] { 0x00, 0x00, 0x20, 0xC0 }, -2.5f)]
    [DataRow("F64", new byte[] { 0, 0, 0, 0, 0, 0, 0x04, 0xC0 }, -2.5f)]
    [DataRow("I64", new byte[] { 0xFE, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF }, -2f)]
    public void Read_ConvertsToSingle(string dataType, byte[] bytes, float expected)
    {
        byte[] file = [.. Create($"{{{Entry("a", "[]", $"[0,{bytes.Length}]", dataType)}}}"), .. bytes];

        WeightTensor tensor = Read(file).Tensors["a"];

        Assert.IsEmpty(tensor.Shape);
        Assert.AreSequenceEqual([expected], tensor.Values);
    }

    [TestMethod]
    public void Read_EntriesInAnyOrderOfOffsets_AreTakenByOffset()
    {
        byte[] file = [.. Create($"{{{Entry("b", "[1]", "[4,8]")},{Entry("a", "[1]", "[0,4]")}}}  "), 0, 0, 0x80, 0x3F, 0, 0, 0, 0x40];

        Checkpoint checkpoint = Read(file);

        Assert.AreEqual(1f, checkpoint.Tensors["a"].Values[0]);
        Assert.AreEqual(2f, checkpoint.Tensors["b"].Values[0]);
    }

    [TestMethod]
    public void Read_TensorWithoutElements_IsEmpty()
    {
        Checkpoint checkpoint = Read(Create($"{{{Entry("a", "[0,7]", "[0,0]")}}}"));

        Assert.IsEmpty(checkpoint.Tensors["a"].Values);
    }

    [TestMethod]
    public void Read_Metadata_KeepsTheText()
        => Assert.AreEqual("ä", Read(Create("{\"__metadata__\":{\"k\":\"\\u00e4\"}}")).Metadata["k"]);
}
