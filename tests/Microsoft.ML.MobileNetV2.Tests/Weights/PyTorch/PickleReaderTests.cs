using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.PyTorch;

[TestClass]
public sealed class PickleReaderTests
{
    [TestMethod]
    [DataRow("cos\nsystem\n", "'os.system'")]
    [DataRow("cbuiltins\neval\n", "'builtins.eval'")]
    [DataRow("c__builtin__\nexec\n", "'__builtin__.exec'")]
    [DataRow("cposix\nsystem\n", "'posix.system'")]
    [DataRow("csubprocess\nPopen\n", "'subprocess.Popen'")]
    [DataRow("ctorch.hub\nload\n", "'torch.hub.load'")]
    [DataRow("ctorch._utils\n_rebuild_tensor_v2.__globals__\n", "_rebuild_tensor_v2.__globals__'")]
    [DataRow("ctorch\n_utils._rebuild_tensor_v2\n", "'torch._utils._rebuild_tensor_v2'", DisplayName = "the allowed name, cut elsewhere")]
    [DataRow("ctorchvision.models.mobilenetv2\nMobileNetV2\n", "'torchvision.models.mobilenetv2.MobileNetV2'", DisplayName = "a whole model")]
    [DataRow("ios\nsystem\n", "opcode 0x69", DisplayName = "INST")]
    [DataRow("(o", "opcode 0x6f", DisplayName = "OBJ")]
    [DataRow(")\u0081", "opcode 0x81", DisplayName = "NEWOBJ")]
    [DataRow("\u0082\u0001", "opcode 0x82", DisplayName = "EXT1")]
    [DataRow("\u0093", "opcode 0x93", DisplayName = "STACK_GLOBAL")]
    [DataRow("P0\n", "opcode 0x50", DisplayName = "PERSID")]
    public void Read_WhatAStateDictDoesNotNeed_IsRefused(string code, string named)
    {
        WeightsFormatException error = Refused(new PickleBytes().Raw(System.Text.Encoding.Latin1.GetBytes(code)).Stop());

        Assert.AreEqual(WeightsFormatError.ForbiddenContent, error.Error);
        Assert.Contains(named, error.Message);
        Assert.Contains("nothing was executed", error.Message);
    }

    [TestMethod]
    public void Read_CallOfACommand_IsRefusedBeforeItsArgumentsAreRead()
    {
        WeightsFormatException error = Refused(new PickleBytes().Global("os", "system").Text("touch executed").Raw(0x85).Raw("R").Stop());

        Assert.AreEqual(WeightsFormatError.ForbiddenContent, error.Error);
        Assert.IsFalse(File.Exists("executed"));
    }

    [TestMethod]
    [DataRow("R", DisplayName = "empty stack")]
    [DataRow("t", DisplayName = "tuple without mark")]
    [DataRow("(0R", DisplayName = "reach below a mark")]
    [DataRow("NNR", DisplayName = "call of nothing")]
    [DataRow("]}s", DisplayName = "item without value")]
    [DataRow("](Nu", DisplayName = "items into a list")]
    [DataRow("}(Nu", DisplayName = "half an item")]
    [DataRow("}]Ns", DisplayName = "a list as key")]
    [DataRow("N]a", DisplayName = "append to nothing")]
    [DataRow("h7", DisplayName = "recall what was not remembered")]
    [DataRow("NNb", DisplayName = "attributes of nothing")]
    [DataRow("NQ", DisplayName = "a storage of nothing")]
    [DataRow("((tQ", DisplayName = "a storage of an empty tuple")]
    [DataRow("ccollections\nOrderedDict\n(NtR", DisplayName = "a dictionary of something")]
    [DataRow("ctorch._utils\n_rebuild_tensor_v2\n)R", DisplayName = "a tensor of nothing")]
    [DataRow("ctorch._utils\n_rebuild_parameter\n(NtR", DisplayName = "a parameter of nothing")]
    [DataRow("ctorch\nFloatStorage\n)R", DisplayName = "call of a type")]
    public void Read_NonsenseOfKnownOpcodes_Throws(string code)
    {
        WeightsFormatException error = Refused(new PickleBytes().Raw(code).Stop());

        Assert.Contains(error.Error, new[] { WeightsFormatError.InvalidHeader, WeightsFormatError.ForbiddenContent });
    }

    [TestMethod]
    [DataRow("", DisplayName = "no stop")]
    [DataRow("X\u0010\0\0\0abc", DisplayName = "text longer than the file")]
    [DataRow("X\u00ff\u00ff\u00ff\u00ffabc", DisplayName = "text of negative length")]
    [DataRow("X\u00ff\u00ff\u00ff\u007fabc", DisplayName = "text of two gigabytes")]
    [DataRow("J\u0001", DisplayName = "half a number")]
    [DataRow("ctorch", DisplayName = "half a name")]
    [DataRow("ctorch\n", DisplayName = "module without name")]
    public void Read_EndsTooEarly_Throws(string code)
    {
        byte[] pickle = [0x80, 2, .. System.Text.Encoding.Latin1.GetBytes(code)];

        WeightsFormatException error = Refused(pickle);

        Assert.AreEqual(WeightsFormatError.Truncated, error.Error);
    }

    [TestMethod]
    public void Read_EndlessNesting_IsReadWithoutRecursion()
    {
        byte[] pickle = new PickleBytes().Raw("]").Raw([.. Enumerable.Repeat((byte)0x85, 500_000)]).Stop();

        object? value = new PickleReader(pickle, "x.pth").Read();

        Assert.IsInstanceOfType<object?[]>(value);
    }

    [TestMethod]
    public void Read_MoreStepsThanAnyStateDictHas_Throws()
    {
        WeightsFormatException error = Refused(new PickleBytes().Raw([.. Enumerable.Repeat((byte)'}', 2_000_000)]).Stop());

        Assert.AreEqual(WeightsFormatError.InvalidHeader, error.Error);
    }

    [TestMethod]
    public void Read_PlainData_GivesIt()
    {
        byte[] pickle = new PickleBytes().Raw("}(").Text("ä").Raw("NK").Raw(7).Raw(0x88).Text("list").Raw("](").Integer(-3).Integer(1L << 40).Raw("eu").Stop();

        Dictionary<object, object?> read = (Dictionary<object, object?>)new PickleReader(pickle, "x.pth").Read()!;

        Assert.IsNull(read["ä"]);
        Assert.IsTrue((bool)read[7L]!);
        Assert.AreSequenceEqual([-3L, 1L << 40], (List<object?>)read["list"]!);
    }

    private static WeightsFormatException Refused(byte[] pickle)
    {
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => new PickleReader(pickle, "x.pth").Read());
        Assert.StartsWith("'x.pth': ", error.Message);
        return error;
    }
}
