using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using CsCheck;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights;

/// <summary>
/// What holds for every file, drawn in the grammar of its format so that it reaches deep into the parser: it is read, or refused with the
/// documented exception, within bounded memory. <see cref="MutationTests"/> damages whole files instead.
/// </summary>
[TestClass]
public sealed class ParserPropertyTests
{
    private const long DrawCount = 2000;
    private const long MaxBytesAllocated = 256 << 20;

    private static readonly Gen<string> Names = Gen.OneOf("a", "b", "features.0.0.weight", "", "__metadata__", "ä");

    private static readonly Gen<string> Numbers = Gen.OneOf(
        Gen.Long[-2, 40].Select(value => FormattableString.Invariant($"{value}")),
        Gen.OneOf("9223372036854775807", "-9223372036854775808", "1e3", "0.5", "99999999999999999999", "null", "\"1\""));

    private static readonly Gen<string> Lists = Numbers.Array[0, 4].Select(numbers => $"[{string.Join(',', numbers)}]");

    private static readonly Gen<string> Entries = Gen.Select(
        Gen.OneOf("F32", "F16", "BF16", "F64", "I64", "1", "F32, F16", "U8"),
        Gen.OneOf(Lists, Gen.OneOf("[]", "[2]", "[2,2]")),
        Gen.OneOf(Lists, Gen.OneOf("[0,0]", "[0,4]", "[0,8]", "[8,16]", "[0,16]")),
        (type, shape, offsets) => $$"""{"dtype":"{{type}}","shape":{{shape}},"data_offsets":{{offsets}}}""");

    private static readonly Gen<byte[]> Safetensors = Gen.Select(
        Gen.Select(Names, Gen.OneOf(Entries, Lists, Numbers), (name, value) => $"{JsonSerializer.Serialize(name)}:{value}").Array[0, 3],
        Gen.Int[-3, 3],
        Gen.Int[0, 40],
        (entries, lengthError, dataLength) =>
        {
            byte[] header = Encoding.UTF8.GetBytes($"{{{string.Join(',', entries)}}}");
            byte[] length = new byte[sizeof(long)];
            BinaryPrimitives.WriteInt64LittleEndian(length, Math.Max(0, header.Length + (Math.Abs(lengthError) == 3 ? lengthError : 0)));
            return (byte[])[.. length, .. header, .. new byte[dataLength]];
        });

    private static readonly Gen<Action<PickleBytes>> PickleSteps = Gen.OneOf(
        Gen.OneOf("(", ")", "]", "}", "t", "R", "Q", "u", "s", "e", "a", "0", "2", "N", "b", "\u0085", "\u0086", "\u0087", "\u0088", "\u0089")
            .Select(opcode => (Action<PickleBytes>)(pickle => pickle.Raw((byte)opcode[0]))),
        Gen.Byte.Select(value => (Action<PickleBytes>)(pickle => pickle.Raw(value))),
        Gen.Byte[0, 4].Select(slot => (Action<PickleBytes>)(pickle => pickle.Raw((byte)'q', slot))),
        Gen.Byte[0, 4].Select(slot => (Action<PickleBytes>)(pickle => pickle.Raw((byte)'h', slot))),
        Gen.OneOf(Gen.Long[-2, 20], Gen.Long).Select(value => (Action<PickleBytes>)(pickle => pickle.Integer(value))),
        Names.Select(text => (Action<PickleBytes>)(pickle => pickle.Text(text))),
        Gen.OneOf(("collections", "OrderedDict"), ("torch._utils", "_rebuild_tensor_v2"), ("torch", "FloatStorage"), ("os", "system"))
            .Select(name => (Action<PickleBytes>)(pickle => pickle.Global(name.Item1, name.Item2))),
        Gen.Select(Gen.Long[-1, 5].Array[0, 4], Gen.Long[-1, 20], Gen.Long[-1, 5])
            .Select((shape, length, offset) => (Action<PickleBytes>)(pickle => pickle.Tensor("0", shape, length, offset: offset))));

    private static readonly Gen<byte[]> Pickles = PickleSteps.Array[0, 30].Select(steps =>
    {
        PickleBytes pickle = new();
        foreach (Action<PickleBytes> step in steps)
        {
            step(pickle);
        }

        return pickle.Stop();
    });

    [TestMethod]
    public void Read_AnySafetensorsHeader_IsReadOrRefused() => Safetensors.Sample(AssertReadOrRefused, iter: DrawCount);

    [TestMethod]
    public void Read_AnyPickleInAZip_IsReadOrRefused() =>
        Pickles.Sample(pickle => AssertReadOrRefused(TorchBytes.Zip(pickle, [("0", new byte[80])])), iter: DrawCount);

    [TestMethod]
    public void Read_AnyBytes_AreReadOrRefused() => Gen.Byte.Array[0, 200].Sample(AssertReadOrRefused, iter: DrawCount);

    [TestMethod]
    public void Save_AnyTensors_AreReadAgain() => Gen.Select(Gen.Int[0, 5].Array[0, 4], Gen.Float).Sample((shape, value) =>
    {
        WeightTensor tensor = new(shape, [.. Enumerable.Repeat(value, shape.Aggregate(1, (product, length) => product * length))]);
        Checkpoint checkpoint = new("x", new Dictionary<string, WeightTensor> { ["a"] = tensor }, new Dictionary<string, string>());

        WeightTensor read = CheckpointReader.Read(new MemoryStream(SafetensorsBytes.From(checkpoint)), "x").Tensors["a"];

        Assert.AreSequenceEqual(shape, read.Shape);
        Assert.AreSequenceEqual(tensor.Values, read.Values);
    });

    private static void AssertReadOrRefused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = "'x': ";
        try
        {
            CheckpointReader.Read(new MemoryStream(file), "x");
        }
        catch (WeightsFormatException e)
        {
            message = e.Message;
        }

        Assert.StartsWith("'x': ", message);
        Assert.IsLessThan(MaxBytesAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
