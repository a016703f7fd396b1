using System.Buffers.Binary;
using Microsoft.ML.MobileNetV2.Keras;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Keras;

/// <summary>Files that h5py wrote with filters: <c>TestData/Hdf5/make_filters.py</c>.</summary>
[TestClass]
public sealed class Hdf5FilterTests
{
    private const long MostBytesAllocated = 16 << 20;

    private static readonly Dictionary<string, int[]> Shapes = new()
    {
        ["block/kernel"] = [9, 7, 3],
        ["block/bias"] = [130],
        ["dense/kernel"] = [61, 83],
    };

    [TestMethod]
    [DataRow("chunks", DisplayName = "in chunks that do not divide the shape, in a tree of two levels")]
    [DataRow("gzip")]
    [DataRow("shuffle")]
    [DataRow("gzip_shuffle")]
    public void Read_NumbersInChunks_GivesAllOfThem(string kind)
    {
        Checkpoint read = Read(FileOf(kind));

        Assert.AreSequenceEqual(Shapes.Keys.Order(), read.Tensors.Keys.Order());
        foreach ((string name, int[] shape) in Shapes)
        {
            Assert.AreSequenceEqual(shape, read.Tensors[name].Shape);
            Assert.AreSequenceEqual(Values(read.Tensors[name].Values.Length), read.Tensors[name].Values);
        }
    }

    [TestMethod]
    public void Read_ChunkThatAFilterPassedOver_GivesItsNumbers() =>
        Assert.AreSequenceEqual(Values(32), Read(FileOf("skipped")).Tensors["dense/kernel"].Values);

    [TestMethod]
    [DataRow("lzf", "LZF (filter 32000)")]
    [DataRow("fletcher32", "Fletcher32 (filter 3)")]
    [DataRow("scaleoffset", "scale-offset (filter 6)")]
    public void Read_AnotherFilter_NamesItAndTheWayOut(string kind, string name)
    {
        string message = Refused(FileOf(kind)).Message;

        Assert.Contains($"keeps numbers under {name}; only gzip and shuffle are read", message);
        Assert.Contains("h5repack -f NONE", message);
    }

    [TestMethod]
    [DataRow("bomb", "more numbers than its shape says", DisplayName = "8 MB in a chunk of 64 bytes")]
    [DataRow("short", "too few numbers", DisplayName = "60 bytes in a chunk of 64")]
    [DataRow("missing", "lacks chunks", DisplayName = "a chunk that is not there")]
    [DataRow("zeros", "more numbers than weights of a MobileNetV2 have", DisplayName = "105 MB of zeros in 105 KB")]
    public void Read_ChunksThatAreNotWhatTheySay_AreRefusedBeforeMemoryIsTaken(string kind, string problem) =>
        Assert.Contains(problem, Refused(FileOf(kind)).Message);

    [TestMethod]
    [DataRow(0, 1 << 30, "beyond its end", DisplayName = "a length beyond the end")]
    [DataRow(0, 20, "too few numbers", DisplayName = "a length that cuts the chunk")]
    [DataRow(4, 2, "wrong length", DisplayName = "a compressed chunk that says it is not")]
    [DataRow(8, 4, "two chunks for the same numbers", DisplayName = "a chunk twice")]
    [DataRow(8, 400, "outside of its numbers", DisplayName = "a chunk outside")]
    [DataRow(8, 3, "outside of its numbers", DisplayName = "a chunk between two others")]
    public void Read_DamagedKeyOfAChunk_IsRefused(int offset, int value, string problem)
    {
        byte[] file = FileOf("gzip_shuffle");
        int leaf = LeafOfChunks(file, rank: 3);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(leaf + 24 + offset), value);

        Assert.Contains(problem, Refused(file).Message);
    }

    [TestMethod]
    [DataRow(2, new byte[] { 3 }, "do not fit", DisplayName = "another rank")]
    [DataRow(11, new byte[] { 0, 0, 0, 0 }, "impossible shape", DisplayName = "a chunk without numbers")]
    [DataRow(11, new byte[] { 255, 255, 255, 255 }, "impossible shape", DisplayName = "a chunk of fewer than no numbers")]
    [DataRow(11, new byte[] { 255, 255, 255, 127 }, "more numbers", DisplayName = "a chunk of two gigabytes")]
    [DataRow(23, new byte[] { 8 }, "do not fit", DisplayName = "values of another length")]
    public void Read_DamagedLayoutOfChunks_IsRefused(int offset, byte[] value, string problem)
    {
        byte[] file = FileOf("gzip_shuffle");
        value.CopyTo(file, file.AsSpan().IndexOf((ReadOnlySpan<byte>)[3, 2, 4]) + offset);

        Assert.Contains(problem, Refused(file).Message);
    }

    /// <summary>Returns the address of the first leaf of a tree of chunks: its keys have a start in each dimension.</summary>
    private static int LeafOfChunks(byte[] file, int rank)
    {
        int layout = file.AsSpan().IndexOf((ReadOnlySpan<byte>)[3, 2, (byte)(rank + 1)]);
        return (int)BinaryPrimitives.ReadInt64LittleEndian(file.AsSpan(layout + 3));
    }

    private static float[] Values(int count) => [.. Enumerable.Range(0, count).Select(index => index * 0.25f - 7)];

    private static byte[] FileOf(string kind) => File.ReadAllBytes(TestData.PathOf("Hdf5", $"{kind}.h5"));

    private static Checkpoint Read(byte[] file)
    {
        using MemoryStream stream = new(file);
        return KerasReader.Read(stream, "x.h5");
    }

    private static WeightsFormatException Refused(byte[] file)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => Read(file));
        Assert.IsLessThan(MostBytesAllocated, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.StartsWith("'x.h5': the HDF5 file ", error.Message);
        return error;
    }
}
