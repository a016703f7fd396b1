using System.Runtime.InteropServices;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Features;

[TestClass]
public sealed class FeatureFileTests
{
    public required TestContext TestContext { get; init; }

    private static readonly FeatureMetadata Metadata = new("some weights", "1f3a", 96, 3, "{}", "1.2.3", new Shard(2, 4));

    [TestMethod]
    public void Rows_AreWhatWasWritten()
    {
        using TemporaryFolder folder = new();
        FeatureRow[] rows =
        [
            new("a/1.jpg", "a", [1, 2, 3], null, "9b20"),
            new("a/2.jpg", "a", null, "It is no image."),
            new("b/\u00fc.jpg", "b", [0, -0.5f, float.MaxValue], null),
            new("c.jpg", null, [4, 5, 6], null),
            new("d.jpg", null, null, "It is empty."),
        ];

        string path = Write(folder, rows);
        using FeatureFileReader reader = FeatureFileReader.Open(path);

        Assert.AreEqual((Metadata, 5L), (reader.Metadata, reader.RowCount));
        AssertSame(rows, [.. reader.Rows()]);
    }

    [TestMethod]
    [DataRow(0, DisplayName = "a shard without images")]
    [DataRow(1)]
    [DataRow(FeatureFile.RowsPerGroup)]
    [DataRow(2 * FeatureFile.RowsPerGroup + 1, DisplayName = "several groups")]
    public void Rows_OfAnyNumber_AreWhatWasWritten(int count)
    {
        using TemporaryFolder folder = new();
        FeatureRow[] rows = [.. Enumerable.Range(0, count).Select(i => new FeatureRow($"{i:0000}.png", null, i % 5 == 0 ? null : [i, i + 0.5f, -i], i % 5 == 0 ? "broken" : null))];

        string path = Write(folder, rows);
        using FeatureFileReader reader = FeatureFileReader.Open(path);

        Assert.AreEqual(count, reader.RowCount);
        AssertSame(rows, [.. reader.Rows()]);
    }

    [TestMethod]
    public void Open_EveryTruncation_IsRefusedByName()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(Write(folder, [new("a.jpg", null, [1, 2, 3], null), new("b.jpg", "b", null, "broken")]));
        string path = folder.PathOf("cut.parquet");

        for (int length = 0; length < whole.Length; length += 7)
        {
            File.WriteAllBytes(path, whole[..length]);

            var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path).Dispose(), $"{length} bytes");

            Assert.StartsWith($"'{path}' is not a file that 'mobilenetv2 featurize' wrote, or is damaged: ", error.Message);
        }
    }

    [TestMethod]
    public void Rows_EveryChangedBitOfANumber_IsRefused()
    {
        using TemporaryFolder folder = new();
        float[] features = [1, 2, 3];
        byte[] whole = File.ReadAllBytes(Write(folder, [new("a.jpg", null, features, null, "1f3a"), new("b.jpg", "b", null, "broken")]));
        int start = whole.AsSpan().IndexOf(MemoryMarshal.AsBytes<float>(features));
        string path = folder.PathOf("changed.parquet");

        for (int bit = 8 * start; bit < 8 * (start + (sizeof(float) * features.Length)); bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));
            File.WriteAllBytes(path, changed);

            var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.ReadRows(path).Count(), $"bit {bit}");

            Assert.EndsWith("its rows are not those that its checksum is of.", error.Message);
        }
    }

    [TestMethod]
    public async Task Open_FileOfSomethingElse_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("other.parquet");
        using (FileStream stream = File.Create(path))
        {
            await Parquet.Serialization.ParquetSerializer.SerializeAsync([new OtherRow { Path = "a" }], stream, cancellationToken: TestContext.CancellationToken);
        }

        var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path).Dispose());

        Assert.EndsWith("it has other columns.", error.Message);
    }

    private static string Write(TemporaryFolder folder, FeatureRow[] rows)
    {
        string path = folder.PathOf("f.parquet");
        using FileStream stream = File.Create(path);
        FeatureFile.Write(stream, Metadata, rows);
        return path;
    }

    private static void AssertSame(FeatureRow[] expected, FeatureRow[] actual)
    {
        Assert.AreSequenceEqual(expected.Select(row => (row.Path, row.Label, row.Error, row.ContentHash)), actual.Select(row => (row.Path, row.Label, row.Error, row.ContentHash)));
        foreach ((FeatureRow left, FeatureRow right) in expected.Zip(actual))
        {
            Assert.AreEqual(left.Features is null, right.Features is null, left.Path);
            Assert.AreSequenceEqual(left.Features ?? [], right.Features ?? [], left.Path);
        }
    }

    private sealed class OtherRow
    {
        public string Path { get; set; } = string.Empty;
    }
}
