using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;
using Parquet;
using Parquet.Schema;

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
        using FeatureFileReader reader = FeatureFileReader.Open(path, TestContext.CancellationToken);

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
        using FeatureFileReader reader = FeatureFileReader.Open(path, TestContext.CancellationToken);

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

            var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path, TestContext.CancellationToken).Dispose(), $"{length} bytes");

            Assert.StartsWith($"'{path}' is not a file that 'mobilenetv2 featurize' wrote, or is damaged: ", error.Message);
        }
    }

    [TestMethod]
    public void RequireWhole_AnyChangedBit_IsRefused()
    {
        using TemporaryFolder folder = new();
        byte[] whole = File.ReadAllBytes(Write(folder, [new("a.jpg", null, [1, 2, 3], null, "1f3a"), new("b.jpg", "b", null, "broken")]));
        FileSeal.RequireWhole(new MemoryStream(whole), TestContext.CancellationToken);

        for (int bit = 0; bit < 8 * whole.Length; bit++)
        {
            byte[] changed = [.. whole];
            changed[bit / 8] ^= (byte)(1 << (bit % 8));

            Assert.ThrowsExactly<InvalidDataException>(() => FileSeal.RequireWhole(new MemoryStream(changed), TestContext.CancellationToken), $"bit {bit}");
        }
    }

    [TestMethod]
    [DataRow(0.4, "its SHA-256 is ", DisplayName = "in the pages, which may lead the parser into a loop")]
    [DataRow(0.9, "its SHA-256 is ", DisplayName = "in the metadata")]
    [DataRow(1, "it has no entry 'mobilenetv2.file_sha256' in its metadata.", DisplayName = "nothing is left")]
    public void Open_DamagedFile_IsRefusedByName(double from, string reason)
    {
        using TemporaryFolder folder = new();
        string path = Write(folder, [new("a.jpg", null, [1, 2, 3], null), new("b.jpg", "b", null, "broken")]);
        byte[] bytes = File.ReadAllBytes(path);
        if (from == 1)
        {
            bytes.AsSpan().Clear();
        }
        else
        {
            bytes[(int)(from * bytes.Length)] ^= 0x40;
        }

        File.WriteAllBytes(path, bytes);

        var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path, TestContext.CancellationToken).Dispose());

        Assert.StartsWith($"'{path}' is not a file that 'mobilenetv2 featurize' wrote, or is damaged: {reason}", error.Message);
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

        var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path, TestContext.CancellationToken).Dispose());

        Assert.EndsWith("it has no entry 'mobilenetv2.file_sha256' in its metadata. Another program wrote it. For other labels or fewer images, give the images with a list instead: --labels and --cache.", error.Message);
    }

    [TestMethod]
    public async Task Open_SealedFileWithOtherColumns_IsRefused()
    {
        using TemporaryFolder folder = new();
        string path = folder.PathOf("other.parquet");
        using (FileStream stream = File.Create(path))
        {
            await using (ParquetWriter writer = await ParquetWriter.CreateAsync(new(new DataField<string>("path")), stream, cancellationToken: TestContext.CancellationToken))
            {
                writer.CustomMetadata = new Dictionary<string, string> { [FileSeal.Key] = FileSeal.Blank };
            }

            FileSeal.Close(stream);
        }

        var error = Assert.ThrowsExactly<CommandException>(() => FeatureFileReader.Open(path, TestContext.CancellationToken).Dispose());

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
