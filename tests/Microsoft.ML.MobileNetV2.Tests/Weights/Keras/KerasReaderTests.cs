using System.Buffers.Binary;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Keras;

[TestClass]
public sealed class KerasReaderTests
{
    private const long MostBytesAllocated = 64 << 20;
    private static readonly Checkpoint Network = SyntheticNetwork.Create(0.05f).Checkpoint;
    private static readonly byte[] File = KerasBytes.From(ForeignNetwork.Rename(Network, new KerasNaming(), new(0.05f)));

    [TestMethod]
    public void FromStream_SyntheticFile_GivesItsBitsAndTheConventionsOfKeras()
    {
        MobileNetV2Weights weights = SafetensorsBytes.Load(File, "x.h5");

        CheckpointAssert.SameBits(Network, weights.Checkpoint);
        Assert.AreEqual(0.05f, weights.Description.Architecture.WidthMultiplier);
        Assert.AreEqual(SyntheticNetwork.ClassCount, weights.ClassCount);
        Assert.AreEqual(PaddingConvention.Same, weights.Description.Padding);
        Assert.AreEqual(WeightsDescription.TensorFlowBatchNormEpsilon, weights.Description.BatchNormEpsilon);
        Assert.AreEqual(ImagePreprocessing.TensorFlow, weights.Description.Preprocessing);
    }

    [TestMethod]
    [DataRow("layers/", "layers/dense/vars/", DisplayName = "the network itself")]
    [DataRow("layers/functional/layers/", "layers/dense/vars/", DisplayName = "the network in a model")]
    [DataRow("_layer_checkpoint_dependencies/", "_layer_checkpoint_dependencies/dense/vars/", DisplayName = "Keras 2.13")]
    public void FromStream_Keras3_GivesItsBits(string prefix, string head)
    {
        Dictionary<string, WeightTensor> tensors = Keras3(prefix, head);
        byte[] file = KerasBytes.Nested(tensors);

        foreach (MobileNetV2Weights weights in new[] { SafetensorsBytes.Load(file, "x.weights.h5"), SafetensorsBytes.Load(KerasZip(file), "x.keras") })
        {
            CheckpointAssert.SameBits(Network, weights.Checkpoint);
            Assert.AreEqual(PaddingConvention.Same, weights.Description.Padding);
            Assert.AreEqual(ImagePreprocessing.TensorFlow, weights.Description.Preprocessing);
        }
    }

    [TestMethod]
    public void FromStream_CompressedFiles_GiveTheBitsOfPlainOnes()
    {
        Checkpoint keras2 = ForeignNetwork.Rename(Network, new KerasNaming(), new(0.05f));
        byte[] keras3 = KerasBytes.Nested(Keras3("layers/", "layers/dense/vars/"), isCompressed: true);

        foreach ((byte[] file, string name) in new[]
        {
            (KerasBytes.From(keras2, isCompressed: true), "x.h5"), (keras3, "x.weights.h5"), (KerasZip(keras3), "x.keras"),
        })
        {
            CheckpointAssert.SameBits(Network, SafetensorsBytes.Load(file, name).Checkpoint);
        }
    }

    [TestMethod]
    [DataRow("SNOD", 8, -1L, DisplayName = "a name outside of the names")]
    [DataRow("SNOD", 16, 1L << 40, DisplayName = "an object beyond the end")]
    [DataRow("SNOD", 16, 96L, DisplayName = "an object that is something else")]
    [DataRow("SNOD", 24, 2L, DisplayName = "a symbolic link")]
    [DataRow("HEAP", 8, 1L << 31, DisplayName = "two gigabytes of names")]
    [DataRow("HEAP", 24, -8L, DisplayName = "names before the start")]
    [DataRow("TREE", 16, 96L, DisplayName = "a neighbor that is none")]
    [DataRow("TREE", 32, 0L, DisplayName = "a child that is the start of the file")]
    [DataRow("TREE", 4, 0x0001_FF00L, DisplayName = "255 levels")]
    [DataRow("TREE", 4, unchecked((long)0xFFFF_FFFF_FFFF_0000), DisplayName = "65535 children")]
    public void FromStream_DamagedStructure_IsRefusedBeforeItIsRead(string signature, int offset, long value)
    {
        byte[] file = [.. File];
        int last = file.AsSpan().LastIndexOf(System.Text.Encoding.ASCII.GetBytes(signature));
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(last + offset), value);

        WeightsFormatException error = Refused(file);

        Assert.Contains(error.Error, new[] { WeightsFormatError.InvalidHeader, WeightsFormatError.Truncated });
    }

    [TestMethod]
    public void FromStream_GroupThatHoldsItself_IsRefused()
    {
        byte[] file = [.. File];
        long root = BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(64));
        int links = file.AsSpan().LastIndexOf("SNOD"u8);
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(links + 16), root);

        Assert.Contains("used twice", Refused(file).Message);
    }

    [TestMethod]
    [DataRow(8, 2, DisplayName = "the newer file format")]
    [DataRow(13, 4, DisplayName = "short addresses")]
    [DataRow(24, 8, DisplayName = "a file inside another one")]
    public void FromStream_OtherFileFormat_IsRefused(int offset, int value)
    {
        byte[] file = [.. File];
        file[offset] = (byte)value;

        Assert.AreEqual(WeightsFormatError.InvalidHeader, Refused(file).Error);
    }

    [TestMethod]
    [DataRow(0x01, 8, 1L << 40, DisplayName = "a dimension of 2^40")]
    [DataRow(0x08, 2, 1L << 40, DisplayName = "numbers beyond the end")]
    [DataRow(0x08, 10, long.MaxValue, DisplayName = "numbers without end")]
    [DataRow(0x08, 0, 0x0303L, DisplayName = "an unknown layout")]
    [DataRow(0x03, 0, 0x0000_0004_0000_0019L, DisplayName = "values of variable length")]
    [DataRow(0x03, 0, 0x0000_0004_0000_0010L, DisplayName = "whole numbers")]
    public void FromStream_DamagedDataset_IsRefused(int message, int offset, long value)
    {
        byte[] file = [.. File];
        int last = file.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0x11, 0x20, 31, 0, 4, 0, 0, 0]);
        int data = message switch
        {
            0x01 => file.AsSpan(0, last).LastIndexOf((ReadOnlySpan<byte>)[0x01, 0, 0x10, 0, 0, 0, 0, 0]) + 8,
            0x03 => last,
            _ => last + 24 + 8,
        };
        BinaryPrimitives.WriteInt64LittleEndian(file.AsSpan(data + offset), value);

        WeightsFormatException error = Refused(file);

        Assert.Contains(
            error.Error,
            new[] { WeightsFormatError.InvalidHeader, WeightsFormatError.Truncated, WeightsFormatError.SizeMismatch, WeightsFormatError.UnsupportedDataType });
    }

    private static Dictionary<string, WeightTensor> Keras3(string prefix, string head)
    {
        Checkpoint keras = ForeignNetwork.Rename(Network, new KerasNaming(), new(0.05f));
        Dictionary<string, WeightTensor> tensors = ForeignNetwork.Rename(Network, new Keras3Naming(), new(0.05f)).Tensors.ToDictionary(pair => $"{prefix}{pair.Key}", pair => pair.Value);
        tensors.Add($"{head}0", keras.Tensors["predictions/kernel"]);
        tensors.Add($"{head}1", keras.Tensors["predictions/bias"]);
        tensors.Add("optimizer/vars/0", new([3], [1, 2, 3]));
        return tensors;
    }

    private static byte[] KerasZip(byte[] weights)
    {
        using MemoryStream stream = new();
        using (System.IO.Compression.ZipArchive archive = new(stream, System.IO.Compression.ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("metadata.json");
            archive.CreateEntry("config.json");
            using Stream entry = archive.CreateEntry("model.weights.h5", System.IO.Compression.CompressionLevel.NoCompression).Open();
            entry.Write(weights);
        }

        return stream.ToArray();
    }

    private static WeightsFormatException Refused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file, "x.h5"));
        Assert.IsLessThan(MostBytesAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.StartsWith("'x.h5': ", error.Message);
        return error;
    }
}
