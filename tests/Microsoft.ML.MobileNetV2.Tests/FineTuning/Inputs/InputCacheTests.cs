using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.FineTuning.Inputs;

[TestClass]
public sealed class InputCacheTests
{
    private const int RowLength = 7;
    private const int RowCount = 10;
    private const int RowBytes = RowLength * sizeof(float);

    [TestMethod]
    [DataRow(0)]
    [DataRow((3 * RowBytes) + 1)]
    [DataRow(RowCount * RowBytes)]
    public void Read_RowsInMemoryAndOnDisk_AreTheSameBits(long memory)
    {
        using TemporaryFolder folder = new();
        using InputCache cache = new(RowLength, memory, new(folder.Path));
        Fill(cache);

        Assert.AreEqual(RowCount, cache.RowCount);
        foreach (int row in new[] { 9, 0, 3, 2, 5, 3 })
        {
            Assert.AreSequenceEqual(Row(row), Read(cache, row));
        }

        Assert.AreSequenceEqual(Row(8), Read(cache.Take([4, 8]).Take([1]), 0));
    }

    [TestMethod]
    public void Dispose_LeavesNoFile()
    {
        using TemporaryFolder folder = new();
        InputCache cache = new(RowLength, memory: 0, new(folder.Path));
        Fill(cache);

        // A killed process must not leave one either; only Windows keeps the name until the file is closed.
        Assert.HasCount(OperatingSystem.IsWindows() ? 1 : 0, Directory.GetFiles(folder.Path));
        cache.Dispose();
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Add_FolderThatDoesNotExist_IsNamedWithTheWayOut()
    {
        using TemporaryFolder folder = new();
        using InputCache cache = new(RowLength, memory: 0, new(folder.PathOf("none")));

        string error = Assert.ThrowsExactly<IOException>(() => Fill(cache)).Message;

        Assert.StartsWith($"What the frozen blocks give cannot be written to the folder '{folder.PathOf("none")}': ", error);
        Assert.EndsWith("Set FineTuning.CacheFolder to a folder on a larger disk, or raise FineTuning.MaxCacheMemory.", error);
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void Add_FullDisk_IsNamedWithTheWayOut()
    {
        // The device has no room for a single byte.
        using InputCache cache = new(RowLength, memory: 0, new("/dev", () => File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite)));

        string error = Assert.ThrowsExactly<IOException>(() => Fill(cache)).Message;

        Assert.Contains("No space left on device", error);
        Assert.Contains("FineTuning.CacheFolder", error);
    }

    private static void Fill(InputCache cache)
    {
        for (int row = 0; row < RowCount; row++)
        {
            cache.Add(Row(row));
        }
    }

    private static float[] Row(int row) => [.. Enumerable.Range(0, RowLength).Select(column => row + column / 7f)];

    private static float[] Read(NetworkInputs inputs, int row)
    {
        float[] values = new float[inputs.RowLength];
        inputs.Read(row, values);
        return values;
    }
}
