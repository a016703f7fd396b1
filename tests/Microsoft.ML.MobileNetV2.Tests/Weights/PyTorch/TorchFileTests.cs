using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.PyTorch;

[TestClass]
public sealed class TorchFileTests
{
    private static readonly Checkpoint Network = SyntheticNetwork.Create(0.05f).Checkpoint;

    [TestMethod]
    public void FromStream_ZipAndOlderFormat_GiveTheSameBitsAndTheConventionsOfTorchvision()
    {
        foreach (byte[] file in new[] { TorchBytes.Zip(Network), TorchBytes.Legacy(Network) })
        {
            MobileNetV2Weights weights = SafetensorsBytes.Load(file, "x.bin");

            CheckpointAssert.SameBits(Network, weights.Checkpoint);
            Assert.AreEqual(0.05f, weights.Description.Architecture.WidthMultiplier);
            Assert.AreEqual(SyntheticNetwork.ClassCount, weights.ClassCount);
            Assert.AreEqual(PaddingConvention.Symmetric, weights.Description.Padding);
            Assert.AreEqual(ImagePreprocessing.Torchvision, weights.Description.Preprocessing);
        }
    }

    [TestMethod]
    public void FromStream_TensorsBesideTheStateDict_DoNotHideIt()
    {
        PickleBytes pickle = new PickleBytes().Raw("}(").Text("best_acc1").Tensor("a", [], 1).Text("weights").Tensor("b", [2], 2).Text("trained").Raw("}(").Text("net2");
        byte[] file = TorchBytes.Zip(
            TorchBytes.StateDict(pickle, Network, isLegacy: false).Raw("uu").Stop(),
            [.. Network.Tensors.Values.Select((tensor, index) => ($"{index}", TorchBytes.Bytes(tensor))), ("a", new byte[4]), ("b", new byte[8])]);

        CheckpointAssert.SameBits(Network, SafetensorsBytes.Load(file).Checkpoint);
    }

    [TestMethod]
    public void FromStream_TensorsThatNoWeightIs_AreLeftOut()
    {
        PickleBytes pickle = new PickleBytes().Raw("}(").Text("mask").Tensor("a", [4], 4, type: "BoolStorage").Text("rng").Tensor("b", [2], 2, type: "ByteStorage").Text("state_dict");
        byte[] file = TorchBytes.Zip(
            TorchBytes.StateDict(pickle, Network, isLegacy: false).Raw("u").Stop(),
            [.. Network.Tensors.Values.Select((tensor, index) => ($"{index}", TorchBytes.Bytes(tensor))), ("a", new byte[4]), ("b", new byte[2])]);

        CheckpointAssert.SameBits(Network, SafetensorsBytes.Load(file).Checkpoint);
    }

    [TestMethod]
    public void FromStream_WholeModel_SaysWhatToSave()
    {
        byte[] file = TorchBytes.Zip(new PickleBytes().Global("torchvision.models.mobilenetv2", "MobileNetV2").Raw(")").Raw(0x81).Raw("}b").Stop());

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file));

        Assert.Contains("'torchvision.models.mobilenetv2.MobileNetV2', which stays closed", error.Message);
        Assert.Contains("torch.save(model.state_dict(), path)", error.Message);
    }

    [TestMethod]
    [DataRow("state_dict")]
    [DataRow("model")]
    [DataRow("model_state_dict")]
    public void FromStream_TrainingCheckpoint_IsUnwrapped(string wrapper)
    {
        Checkpoint renamed = Network with { Tensors = Network.Tensors.ToDictionary(pair => $"module.{pair.Key}", pair => pair.Value) };
        PickleBytes pickle = new PickleBytes().Raw("}(").Text("epoch").Integer(3).Text(wrapper);
        byte[] file = TorchBytes.Zip(
            TorchBytes.StateDict(pickle, renamed, isLegacy: false).Raw("u").Stop(),
            [.. renamed.Tensors.Values.Select((tensor, index) => ($"{index}", TorchBytes.Bytes(tensor)))]);

        MobileNetV2Weights weights = SafetensorsBytes.Load(file);

        CheckpointAssert.SameBits(Network, weights.Checkpoint);
    }

    [TestMethod]
    public void Read_TransposedTensor_FollowsItsStrides()
    {
        byte[] storage = TorchBytes.Bytes(new([6], [0, 1, 2, 3, 4, 5]));

        WeightTensor tensor = ReadOne(pickle => pickle.Tensor("0", [3, 2], 6, strides: [1, 3]), storage);

        Assert.AreSequenceEqual([3, 2], tensor.Shape);
        Assert.AreSequenceEqual([0f, 3f, 1f, 4f, 2f, 5f], tensor.Values);
    }

    [TestMethod]
    public void Read_PartOfAStorage_StartsAtItsOffset()
    {
        byte[] storage = TorchBytes.Bytes(new([6], [0, 1, 2, 3, 4, 5]));

        WeightTensor tensor = ReadOne(pickle => pickle.Tensor("0", [2, 1], 6, strides: [2, 77], offset: 1), storage);

        Assert.AreSequenceEqual([1f, 3f], tensor.Values);
    }

    [TestMethod]
    [DataRow("HalfStorage", new byte[] { 0, 0xC1 })]
    [DataRow("BFloat16Storage", new byte[] { 0x20, 0xC0 })]
    [DataRow("DoubleStorage", new byte[] { 0, 0, 0, 0, 0, 0, 4, 0xC0 })]
    public void Read_OtherDataTypes_AreConverted(string type, byte[] storage)
    {
        WeightTensor tensor = ReadOne(pickle => pickle.Tensor("0", [], 1, type: type), storage);

        Assert.AreSequenceEqual([-2.5f], tensor.Values);
    }

    [TestMethod]
    [DataRow(new[] { 2L, 4L }, new[] { 4L, 1L }, 0L, 6L, DisplayName = "more numbers than the storage has")]
    [DataRow(new[] { 2L, 3L }, new[] { 3L, 2L }, 0L, 6L, DisplayName = "strides that lead outside")]
    [DataRow(new[] { 2L, 3L }, new[] { 3L, 1L }, 1L, 6L, DisplayName = "offset that leads outside")]
    [DataRow(new[] { 2L, 3L }, new[] { 3L, 1L }, -1L, 6L, DisplayName = "negative offset")]
    [DataRow(new[] { 2L, 3L }, new[] { 3L, 1L }, long.MaxValue, 6L, DisplayName = "huge offset")]
    [DataRow(new[] { 2L, 3L }, new[] { -3L, 1L }, 5L, 6L, DisplayName = "negative stride")]
    [DataRow(new[] { 2L, 2L }, new[] { long.MaxValue, long.MaxValue }, 0L, 6L, DisplayName = "huge strides")]
    [DataRow(new[] { -2L, -3L }, new[] { 3L, 1L }, 0L, 6L, DisplayName = "negative dimensions")]
    [DataRow(new[] { 6L }, new[] { 3L, 1L }, 0L, 6L, DisplayName = "more strides than dimensions")]
    [DataRow(new[] { 100L }, new[] { 0L }, 0L, 6L, DisplayName = "one number made to many")]
    [DataRow(new[] { 1L << 32, 1L << 32 }, new[] { 0L, 0L }, 0L, 6L, DisplayName = "count overflows")]
    [DataRow(new[] { 6L }, new[] { 1L }, 0L, 7L, DisplayName = "storage larger than its part")]
    [DataRow(new[] { 6L }, new[] { 1L }, 0L, long.MaxValue, DisplayName = "huge storage")]
    [DataRow(new[] { 1L << 40 }, new[] { 1L }, 0L, 1L << 40, DisplayName = "huge tensor of a huge storage")]
    public void Read_TensorThatDoesNotFitItsStorage_NamesIt(long[] shape, long[] strides, long offset, long storageLength)
    {
        byte[] storage = TorchBytes.Bytes(new([6], [0, 1, 2, 3, 4, 5]));

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(
            () => ReadOne(pickle => pickle.Tensor("0", shape, storageLength, strides, offset), storage));

        Assert.AreEqual(WeightsFormatError.SizeMismatch, error.Error);
        Assert.StartsWith("'x.pth': ", error.Message);
    }

    [TestMethod]
    public void Read_FlippedBitInAStorage_IsFoundByItsChecksum()
    {
        byte[] file = TorchBytes.Zip(Network);
        file[file.Length / 2] ^= 4;

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file));

        Assert.AreEqual(WeightsFormatError.ChecksumMismatch, error.Error);
    }

    [TestMethod]
    public void Read_CompressedPart_IsRefused()
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            using Stream entry = archive.CreateEntry("model/data.pkl", System.IO.Compression.CompressionLevel.Optimal).Open();
            entry.Write(new byte[100_000_000]);
        }

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(stream.ToArray()));

        Assert.AreEqual(WeightsFormatError.SizeMismatch, error.Error);
        Assert.Contains("model/data.pkl", error.Message);
    }

    [TestMethod]
    public void Read_ZipThatPyTorchDidNotWrite_SaysSo()
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("image.jpg");
        }

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(stream.ToArray()));

        Assert.AreEqual(WeightsFormatError.UnknownFormat, error.Error);
    }

    [TestMethod]
    public void Read_PickleWithoutTensors_SaysWhereItLooked()
    {
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(
            () => SafetensorsBytes.Load(TorchBytes.Zip(new PickleBytes().Raw("}").Stop())));

        Assert.AreEqual(WeightsFormatError.MissingTensor, error.Error);
        Assert.Contains("'model_state_dict'", error.Message);
    }

    private static WeightTensor ReadOne(Func<PickleBytes, PickleBytes> write, byte[] storage)
    {
        using MemoryStream stream = new(TorchBytes.Zip(write(new PickleBytes().Raw("}").Text("a")).Raw("s").Stop(), ("0", storage)));
        return TorchZipReader.Read(stream, "x.pth").Tensors["a"];
    }
}
