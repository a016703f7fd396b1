using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Caching;

/// <summary>What a cache gives back is what was put in, or nothing: whatever happened to its files.</summary>
[TestClass]
public sealed class FeatureCacheTests
{
    private const int FeatureCount = 5;
    private const int RecordCount = 3;

    private static readonly FeatureKey Network = FeatureKey.Of("test", "network"u8);

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Open_Again_FindsWhatWasAdded(bool isInFolder)
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = isInFolder ? FeatureCache.InFolder(folder.PathOf("cache")) : FeatureCache.InMemory();
        Fill(cache);

        AssertFound(cache, RecordCount);
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public void Open_ForAnotherNetwork_FindsNothing(bool isInFolder)
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = isInFolder ? FeatureCache.InFolder(folder.Path) : FeatureCache.InMemory();
        Fill(cache);

        using FeatureStore other = cache.Open(Network.Derive("other"), FeatureCount);

        Assert.IsFalse(other.TryRead(KeyOf(0), new float[FeatureCount]));
    }

    [TestMethod]
    public void InFolder_WithoutFeatures_WritesNothing()
    {
        using TemporaryFolder folder = new();
        using (FeatureStore store = FeatureCache.InFolder(folder.PathOf("cache")).Open(Network, FeatureCount))
        {
            Assert.IsFalse(store.TryRead(KeyOf(0), new float[FeatureCount]));
        }

        Assert.IsFalse(Directory.Exists(folder.PathOf("cache")));
    }

    [TestMethod]
    public void InFolder_CutAtAnyLength_GivesTheWholeRecordsBefore()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);
        Fill(cache);
        string path = OnlyFile(folder);
        byte[] whole = File.ReadAllBytes(path);
        int recordLength = (whole.Length - FeatureFileFormat.HeaderLength) / RecordCount;

        for (int length = 0; length < whole.Length; length++)
        {
            File.WriteAllBytes(path, whole.AsSpan(0, length));
            AssertFound(cache, Math.Max(0, length - FeatureFileFormat.HeaderLength) / recordLength);
        }
    }

    [TestMethod]
    public void InFolder_WithAnyByteChanged_GivesNothingWrong()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);
        Fill(cache);
        string path = OnlyFile(folder);
        byte[] bytes = File.ReadAllBytes(path);

        for (int index = 0; index < bytes.Length; index++)
        {
            bytes[index] ^= 0x40;
            File.WriteAllBytes(path, bytes);
            bytes[index] ^= 0x40;
            using FeatureStore store = cache.Open(Network, FeatureCount);
            int found = Enumerable.Range(0, RecordCount).Count(record => IsFound(store, record));
            Assert.AreEqual(index < FeatureFileFormat.HeaderLength ? 0 : RecordCount - 1, found, $"byte {index}");
        }
    }

    [TestMethod]
    [DataRow(float.NaN)]
    [DataRow(float.PositiveInfinity)]
    [DataRow(-0.01f)]
    [DataRow(6.01f)]
    public void InFolder_WithNumbersThatAreNoFeatures_FindsTheOthers(float number)
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);
        using (FeatureStore store = cache.Open(Network, FeatureCount))
        {
            store.Add(KeyOf(0), [0, 6, number, 1, 2]);
            store.Add(KeyOf(1), FeaturesOf(1));
        }

        using FeatureStore again = cache.Open(Network, FeatureCount);

        Assert.IsFalse(again.TryRead(KeyOf(0), new float[FeatureCount]));
        Assert.IsTrue(IsFound(again, 1));
    }

    [TestMethod]
    public void InFolder_AfterDamage_TakesTheFeaturesAnew()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);
        Fill(cache);
        string path = OnlyFile(folder);
        File.WriteAllBytes(path, File.ReadAllBytes(path).AsSpan()[..^1]);
        Fill(cache);

        AssertFound(cache, RecordCount);
    }

    [TestMethod]
    public void InFolder_WithADamagedAndASoundRecord_FindsTheSoundOne_InWhateverOrder()
    {
        foreach (string damaged in new[] { "0.features", "z.features" })
        {
            using TemporaryFolder folder = new();
            FeatureCache cache = FeatureCache.InFolder(folder.Path);
            Fill(cache);
            string sound = OnlyFile(folder);
            byte[] bytes = File.ReadAllBytes(sound);
            bytes[^20] ^= 1;
            File.WriteAllBytes(Path.Combine(Path.GetDirectoryName(sound)!, damaged), bytes);

            AssertFound(cache, RecordCount);
        }
    }

    [TestMethod]
    public void InFolder_WithMoreFilesThanMayBeOpen_KeepsNoneOpen()
    {
        const int FileCount = 50;
        using TemporaryFolder folder = new();
        for (int index = 0; index < FileCount; index++)
        {
            using FeatureStore store = FeatureCache.InFolder(folder.Path).Open(Network, FeatureCount);
            store.Add(KeyOf(index), FeaturesOf(index));
        }

        using FeatureStore all = FeatureCache.InFolder(folder.Path).Open(Network, FeatureCount);
        bool isAllFound = Enumerable.Range(0, FileCount).All(index => IsFound(all, index));

        Assert.IsTrue(isAllFound);
        if (OperatingSystem.IsLinux())
        {
            string[] open = [.. Directory.GetFiles("/proc/self/fd").Select(path => new FileInfo(path).LinkTarget ?? string.Empty)];
            Assert.DoesNotContain(path => path.StartsWith(folder.Path, StringComparison.Ordinal), open);
        }
    }

    [TestMethod]
    public void InFolder_OpenTwiceAtOnce_KeepsBothSides()
    {
        using TemporaryFolder folder = new();
        using (FeatureStore first = FeatureCache.InFolder(folder.Path).Open(Network, FeatureCount))
        using (FeatureStore second = FeatureCache.InFolder(folder.Path).Open(Network, FeatureCount))
        {
            first.Add(KeyOf(0), FeaturesOf(0));
            second.Add(KeyOf(1), FeaturesOf(1));
            first.Add(KeyOf(2), FeaturesOf(2));
        }

        AssertFound(FeatureCache.InFolder(folder.Path), RecordCount);
    }

    [TestMethod]
    public void InFolder_UsedByManyThreads_GivesEachItsOwn()
    {
        const int Count = 500;
        using TemporaryFolder folder = new();
        using FeatureStore store = FeatureCache.InFolder(folder.Path).Open(Network, FeatureCount);

        Parallel.For(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 8 }, index =>
        {
            store.Add(KeyOf(index), FeaturesOf(index));
            Assert.IsTrue(IsFound(store, index));
        });

        Assert.IsTrue(Enumerable.Range(0, Count).All(index => IsFound(store, index)));
    }

    [TestMethod]
    public void InFolder_WithForeignFiles_LeavesThemAlone()
    {
        using TemporaryFolder folder = new();
        FeatureCache cache = FeatureCache.InFolder(folder.Path);
        Fill(cache);
        string foreign = Path.Combine(Path.GetDirectoryName(OnlyFile(folder))!, "notes.features");
        File.WriteAllText(foreign, "not ours");

        AssertFound(cache, RecordCount);
        Assert.AreEqual("not ours", File.ReadAllText(foreign));
    }

    [TestMethod]
    public void InFolder_OfAFile_NamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("file", "x"u8);

        string error = Assert.ThrowsExactly<IOException>(() => FeatureCache.InFolder(path).Open(Network, FeatureCount)).Message;

        Assert.AreEqual($"The feature cache '{path}' is a file; expected the path of a folder.", error);
    }

    [TestMethod]
    public void InFolder_ThatCannotBeWritten_NamesIt()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", "x"u8);
        using FeatureStore store = FeatureCache.InFolder(Path.Combine(file, "cache")).Open(Network, FeatureCount);

        string error = Assert.ThrowsExactly<InvalidOperationException>(() => store.Add(KeyOf(0), FeaturesOf(0))).Message;

        Assert.StartsWith($"The features cannot be written to the cache '{Path.Combine(file, "cache")}", error);
        Assert.MatchesRegex(@"[^.]\. What is there stays; the next run goes on from it\.$", error);
    }

    [TestMethod]
    public void InFolder_WithoutAPath_IsRefused() => Assert.ThrowsExactly<ArgumentException>(() => FeatureCache.InFolder(string.Empty));

    [TestMethod]
    public void KeyOf_OtherKindOrContent_IsAnother()
    {
        FeatureKey[] keys = [FeatureKey.Of("a", "b"u8), FeatureKey.Of("a", "c"u8), FeatureKey.Of("ab", []), FeatureKey.Of("a", "b"u8).Derive("view 1")];

        Assert.HasCount(keys.Length, keys.Distinct());
        Assert.AreEqual(keys[0], FeatureKey.Of("a", "b"u8));
    }

    private static FeatureKey KeyOf(int record) => FeatureKey.Of("record", BitConverter.GetBytes(record));

    private static float[] FeaturesOf(int record) => [.. Enumerable.Range(0, FeatureCount).Select(index => (record / 100f) + (index / 10f))];

    private static void Fill(FeatureCache cache)
    {
        using FeatureStore store = cache.Open(Network, FeatureCount);
        for (int record = 0; record < RecordCount; record++)
        {
            store.Add(KeyOf(record), FeaturesOf(record));
        }
    }

    private static string OnlyFile(TemporaryFolder folder) => Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories).Single();

    private static void AssertFound(FeatureCache cache, int count)
    {
        using FeatureStore store = cache.Open(Network, FeatureCount);
        for (int record = 0; record < RecordCount; record++)
        {
            Assert.AreEqual(record < count, IsFound(store, record), $"record {record} of {count}");
        }
    }

    /// <summary>Returns whether a record is there, and fails where it is there with other numbers.</summary>
    private static bool IsFound(FeatureStore store, int record)
    {
        float[] features = new float[FeatureCount];
        bool isFound = store.TryRead(KeyOf(record), features);
        if (isFound)
        {
            Assert.AreSequenceEqual(FeaturesOf(record), features);
        }

        return isFound;
    }
}
