using TransferLearning;

namespace ImageSearch.Tests;

/// <summary>The index finds what a comparison of all vectors finds, and keeps what it was given.</summary>
[TestClass]
public sealed class ImageIndexTests
{
    private const double DistanceTolerance = 1e-5;

    [TestMethod]
    public void FindNearest_EqualsBruteForce()
    {
        using TemporaryFolder folder = new();
        (ImageFile File, float[] Features)[] images = Vectors.Create(500);
        using ImageIndex index = Open(folder, images);

        for (int query = 0; query < images.Length; query += 25)
        {
            float[] features = images[query].Features;
            (string Path, double Distance)[] expected =
            [
                .. images.Where((_, i) => i != query).Select(image => (image.File.Path, Vectors.Distance(features, image.Features))).OrderBy(pair => pair.Item2).Take(10),
            ];

            IReadOnlyList<Neighbor> nearest = index.FindNearest(features, 10, images[query].File.Path);

            Assert.AreSequenceEqual([.. expected.Select(pair => pair.Path)], nearest.Select(neighbor => neighbor.Path));
            Assert.IsTrue(expected.Zip(nearest).All(pair => Math.Abs(pair.First.Distance - pair.Second.Distance) < DistanceTolerance));
        }
    }

    [TestMethod]
    [DataRow("index")]
    [DataRow("it's [an] index*", DisplayName = "characters that SQL and patterns of files take otherwise")]
    public void Open_ReadsWhatWasWritten(string name)
    {
        using TemporaryFolder folder = new();
        (ImageFile File, float[] Features)[] images = Vectors.Create(7);
        using (ImageIndex index = ImageIndex.Open(folder.PathOf(name)))
        {
            index.Compare([.. images.Select(image => image.File)]);
            index.Add(images);
            index.WriteWhole();
        }

        using ImageIndex read = ImageIndex.Open(folder.PathOf(name));

        foreach (((string path, float[] features), (ImageFile file, float[] expected)) in read.List().Zip(images.OrderBy(image => image.File.Path, StringComparer.Ordinal)))
        {
            Assert.AreEqual(file.Path, path);
            Assert.AreSequenceEqual(expected, features);
        }

        Assert.AreEqual(images.Length, read.Count);
        Assert.AreSequenceEqual(["images.parquet"], Files(folder, name));
    }

    [TestMethod]
    public void AfterAProcessWasKilled_PartsAreKeptAndLeftoversRemoved()
    {
        using TemporaryFolder folder = new();
        (ImageFile File, float[] Features)[] images = Vectors.Create(6);
        ImageFile[] files = [.. images.Select(image => image.File)];
        using (ImageIndex index = ImageIndex.Open(folder.PathOf("index")))
        {
            index.Add(images[..2]);
            index.Add(images[2..4]);
        }

        folder.Write("half a file", "index", "part-x.parquet.tmp");
        using ImageIndex resumed = ImageIndex.Open(folder.PathOf("index"));
        IReadOnlyList<ImageFile> missing = resumed.Compare(files);

        Assert.AreSequenceEqual(files[4..], missing);
        Assert.AreEqual(4, resumed.Count);
        Assert.AreSequenceEqual(["images.parquet"], Files(folder, "index"));
    }

    [TestMethod]
    public void Compare_ForgetsFilesThatAreGoneOrChanged()
    {
        using TemporaryFolder folder = new();
        (ImageFile File, float[] Features)[] images = Vectors.Create(4);
        using ImageIndex index = Open(folder, images);
        ImageFile changed = images[1].File with { Modified = 99 };

        IReadOnlyList<ImageFile> missing = index.Compare([images[0].File, changed, images[3].File]);

        Assert.AreSequenceEqual([changed], missing);
        Assert.AreSequenceEqual([images[0].File.Path, images[3].File.Path], index.List().Select(image => image.Path));
    }

    [TestMethod]
    public void Open_RefusesWhatIsNoIndex()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("text", "a-file");
        string damaged = folder.Write("no parquet", "damaged", "images.parquet");
        using ImageIndex open = ImageIndex.Open(folder.PathOf("used"));

        Assert.Contains($"The index '{file}' is a file", Assert.ThrowsExactly<UsageException>(() => ImageIndex.Open(file)).Message);
        Assert.Contains($"'{damaged}' is not a file of an index, or damaged", Assert.ThrowsExactly<UsageException>(() => ImageIndex.Open(folder.PathOf("damaged"))).Message);
        Assert.Contains("is open in another process", Assert.ThrowsExactly<UsageException>(() => ImageIndex.Open(folder.PathOf("used"))).Message);
    }

    private static ImageIndex Open(TemporaryFolder folder, (ImageFile File, float[] Features)[] images)
    {
        var index = ImageIndex.Open(folder.PathOf("index"));
        index.Add(images);
        return index;
    }

    private static IEnumerable<string?> Files(TemporaryFolder folder, string name) =>
        Directory.EnumerateFiles(folder.PathOf(name)).Select(Path.GetFileName).Where(file => file != ".lock").Order(StringComparer.Ordinal);
}
