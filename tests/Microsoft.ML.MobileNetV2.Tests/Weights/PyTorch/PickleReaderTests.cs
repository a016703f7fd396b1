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
    [DataRow("\u0082\u0001", "opcode 0x82", DisplayName = "EXT1")]
    [DataRow("\u0097", "opcode 0x97", DisplayName = "NEXT_BUFFER")]
    [DataRow("\u008c\u0002os\u008c\u0006system\u0093", "'os.system'", DisplayName = "STACK_GLOBAL")]
    [DataRow("(ios\nsystem\n", "'os.system'", DisplayName = "INST")]
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
    [DataRow("N]a", DisplayName = "append to nothing")]
    [DataRow("h7", DisplayName = "recall what was not remembered")]
    [DataRow("Nb", DisplayName = "attributes of nothing")]
    [DataRow("I12x\n", DisplayName = "a number that is none")]
    [DataRow("\u008b\u00ff\u00ff\u00ff\u00ff", DisplayName = "a number of negative length")]
    [DataRow("\u008e\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff", DisplayName = "bytes of negative length")]
    [DataRow("NN\u0093", DisplayName = "a name of nothing")]
    [DataRow("(o", DisplayName = "an object of nothing")]
    [DataRow("P('storage', 1)\n", DisplayName = "half a storage")]
    [DataRow("NQ", DisplayName = "a storage of nothing")]
    [DataRow("((tQ", DisplayName = "a storage of an empty tuple")]
    [DataRow("ctorch._utils\n_rebuild_tensor_v2\n)R", DisplayName = "a tensor of nothing")]
    [DataRow("ctorch._utils\n_rebuild_parameter\n(NtR", DisplayName = "a parameter of nothing")]
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
    [DataRow("cargparse\nNamespace\n)R}X\u0001\0\0\0aNsb", DisplayName = "argparse.Namespace")]
    [DataRow("cargparse\nNamespace\n)\u0081}b", DisplayName = "argparse.Namespace by NEWOBJ")]
    [DataRow("cnumpy.core.multiarray\nscalar\n(cnumpy\ndtype\n(X\u0002\0\0\0f8K\0K\u0001tRC\u0008\0\0\0\0\0\0\0\0tR", DisplayName = "numpy scalar")]
    [DataRow("ctorch\ndevice\nX\u0004\0\0\0cuda\u0085R", DisplayName = "torch.device")]
    [DataRow("ctorch\nfloat32\n", DisplayName = "torch.dtype")]
    [DataRow("cdatetime\ndatetime\nC\u0001x\u0085R", DisplayName = "datetime")]
    [DataRow("cpathlib\nPosixPath\n(X\u0001\0\0\0xtR", DisplayName = "pathlib")]
    [DataRow("\u008f(K\u0001K\u0002\u0090", DisplayName = "set")]
    [DataRow("(K\u0001\u0091", DisplayName = "frozenset")]
    [DataRow("ctorchvision.models.mobilenetv2\nMobileNetV2\n)\u0081", DisplayName = "a whole model")]
    [DataRow("(iargparse\nNamespace\n", DisplayName = "INST")]
    [DataRow("(cargparse\nNamespace\no", DisplayName = "OBJ")]
    [DataRow("cfunctools\npartial\n)R(NNu]a", DisplayName = "an object that is filled")]
    public void Read_ObjectsOfOthers_StayClosed(string code)
    {
        byte[] pickle = new PickleBytes().Raw("}").Text("epoch").Raw(System.Text.Encoding.Latin1.GetBytes($"({code}")).Raw("1").Raw("K\u0003s").Stop();

        Dictionary<object, object?> read = (Dictionary<object, object?>)new PickleReader(pickle, "x.pth").Read()!;

        Assert.AreEqual(3L, read["epoch"]);
    }

    [TestMethod]
    [DataRow("(dS'a'\nI7\nsVb\\u0041\nL-9L\nsS'c'\nF1.5\nsS'd'\nI01\ns", DisplayName = "protocol 0")]
    [DataRow("}(U\u0001aK\u0007T\u0002\0\0\0bA\u008a\u0001\u00f7U\u0001cG\u003f\u00f8\0\0\0\0\0\0U\u0001d\u0088u", DisplayName = "protocol 2")]
    [DataRow("\u0095\0\0\0\0\0\0\0\0}\u0094(\u008c\u0001aK\u0007\u008c\u0002bA\u008b\u0001\0\0\0\u00f7\u008c\u0001cG\u003f\u00f8\0\0\0\0\0\0\u008c\u0001d\u0088u", DisplayName = "protocol 4")]
    public void Read_EveryProtocol_GivesTheSameData(string code)
    {
        byte[] pickle = [.. System.Text.Encoding.Latin1.GetBytes(code), (byte)'.'];

        Dictionary<object, object?> read = (Dictionary<object, object?>)new PickleReader(pickle, "x.pth").Read()!;

        Assert.AreEqual(7L, read["a"]);
        Assert.AreEqual(-9L, read["bA"]);
        Assert.AreEqual(1.5, read["c"]);
        Assert.IsTrue((bool)read["d"]!);
    }

    [TestMethod]
    public void Read_ShapeOfManyDimensionsUsedByManyTensors_IsRefusedWithoutMuchMemory()
    {
        PickleBytes pickle = new PickleBytes().Raw("](").Tuple(Enumerable.Repeat(1L, 40_000)).Raw("q\u0005");
        for (int i = 0; i < 600; i++)
        {
            pickle.Global("torch._utils", "_rebuild_tensor_v2").Raw("((").Text("storage").Global("torch", "FloatStorage").Text("0").Text("cpu").Integer(1).Raw("tQ");
            pickle.Integer(0).Raw("h\u0005h\u0005").Raw(0x89).Raw("NtR");
        }

        byte[] file = pickle.Raw("e").Stop();
        long before = GC.GetAllocatedBytesForCurrentThread();

        Refused(file);

        Assert.IsLessThan(20 << 20, GC.GetAllocatedBytesForCurrentThread() - before);
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
