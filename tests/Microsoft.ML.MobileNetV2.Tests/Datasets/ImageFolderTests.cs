using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Datasets;

[TestClass]
public sealed class ImageFolderTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void FromFolder_TakesImagesInOrdinalOrder_WithTheFirstFolderAsLabel()
    {
        using TemporaryFolder folder = new();
        Write(folder, "dog/2.png", "dog/1.JPG", "Cat/b.webp", "cat/a.jpeg", "cat/deep/er/c.bmp", "cat/notes.txt", "cat-like/x.gif", "cat/readme.md");

        ImageDataset dataset = Find(folder.Path);

        Assert.AreSequenceEqual(
            ["Cat/b.webp", "cat-like/x.gif", "cat/a.jpeg", "cat/deep/er/c.bmp", "dog/1.JPG", "dog/2.png"], Names(folder, dataset));
        Assert.AreSequenceEqual(["Cat", "cat-like", "cat", "cat", "dog", "dog"], dataset.Images.Select(image => image.Label));
        Assert.AreSequenceEqual(["Cat", "cat", "cat-like", "dog"], dataset.ClassNames);
        Assert.AreSequenceEqual([1, 2, 1, 2], dataset.ClassCounts.Values);
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    public void FromFolder_IgnoresWhatSystemsLeaveBehind()
    {
        using TemporaryFolder folder = new();
        Write(
            folder, "cat/1.jpg", ".git/x.png", "cat/._1.jpg", "cat/.DS_Store", "cat/Thumbs.db", "cat/desktop.ini", "__MACOSX/cat/._1.jpg", "@eaDir/1.jpg", ".hidden.jpg",
            "cat/.cache/2.jpg", "$RECYCLE.BIN/3.jpg");

        ImageDataset dataset = Find(folder.Path);

        Assert.AreSequenceEqual(["cat/1.jpg"], Names(folder, dataset));
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    public void FromFolder_LabelFromParentFolder_JoinsClassesOfSeveralFolders()
    {
        using TemporaryFolder folder = new();
        Write(folder, "train/cat/1.jpg", "test/cat/2.jpg", "train/dog/3.jpg");

        ImageDataset dataset = Find(folder.Path, new ImageFolderOptions { LabelFromParentFolder = true });

        Assert.AreSequenceEqual(["test/cat/2.jpg", "train/cat/1.jpg", "train/dog/3.jpg"], Names(folder, dataset));
        Assert.AreSequenceEqual(["cat", "cat", "dog"], dataset.Images.Select(image => image.Label));
    }

    [TestMethod]
    public void FromFolder_RootLabel_TakesImagesBesideTheFolders()
    {
        using TemporaryFolder folder = new();
        Write(folder, "cat/1.jpg", "2.jpg", "notes.txt");

        ImageDataset dataset = Find(folder.Path, new ImageFolderOptions { RootLabel = "other" });

        Assert.AreSequenceEqual(["2.jpg", "cat/1.jpg"], Names(folder, dataset));
        Assert.AreSequenceEqual(["other", "cat"], dataset.Images.Select(image => image.Label));
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    public void FromFolder_RootLabel_NoImage_AsksForNoFolders()
    {
        using TemporaryFolder folder = new();
        Write(folder, "1.heic");

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Find(folder.Path, new ImageFolderOptions { RootLabel = "other" }));

        Assert.StartsWith($"The folder '{folder.Path}' has no images that can be read: the formats JPEG, PNG, WebP, BMP, GIF are. '{folder.PathOf("1.heic")}' is not read", error.Message);
    }

    [TestMethod]
    public void FromFolder_RelativePath_GivesRelativePaths()
    {
        using TemporaryFolder folder = new();
        Write(folder, "cat/1.jpg");
        string relative = Path.GetRelativePath(Environment.CurrentDirectory, folder.Path);

        Assert.AreEqual(Path.Combine(relative, "cat", "1.jpg"), Find(relative).Images.Single().Image);
    }

    [TestMethod]
    public void FromFolder_OddNames_AreLabelsAsTheyAre_InComposedForm()
    {
        using TemporaryFolder folder = new();
        string[] labels = ["a, b", "it's 100 %", "Käse", "日本", "🐈"];
        Write(folder, [.. labels.Select(label => $"{label}/1 \"x\", y.jpg"), "cafe\u0301/1.jpg"]);

        ImageDataset dataset = Find(folder.Path);

        Assert.AreSequenceEqual(labels.Append("caf\u00e9").Order(StringComparer.Ordinal), dataset.ClassNames);
        Assert.IsTrue(dataset.Images.All(image => File.Exists(image.Image)));
    }

    [TestMethod]
    public void FromFolder_EmptyFilesLooseImagesAndOtherFormats_AreProblems()
    {
        using TemporaryFolder folder = new();
        Write(folder, "cat/1.jpg", "cat/a.HEIC", "dog/b.heic", "dog/c.tif", "loose.jpg", "other.png");
        folder.Write("dog/empty.jpg", []);

        ImageDataset dataset = Find(folder.Path);

        Assert.AreSequenceEqual(["cat/1.jpg"], Names(folder, dataset));
        Assert.AreSequenceEqual(
            [
                $"'{folder.PathOf("cat", "a.HEIC")}' is not read, and so it is with 1 more of '.heic': the formats JPEG, PNG, WebP, BMP, GIF are. Convert to JPEG or PNG.",
                $"'{folder.PathOf("dog", "c.tif")}' is not read: the formats JPEG, PNG, WebP, BMP, GIF are. Convert to JPEG or PNG.",
                $"'{folder.PathOf("dog", "empty.jpg")}' is empty, or a pipe or device; expected an image.",
                $"'{folder.PathOf("loose.jpg")}' has no label, and so it is with 1 more of 'image', because it lies beside the folders of the classes. Move it into one of them.",
            ],
            dataset.Problems.Select(problem => problem.Message));
        Assert.AreEqual(folder.PathOf("dog", "empty.jpg"), dataset.Problems[2].Path);
        Assert.AreSequenceEqual([false, false, true, false], dataset.Problems.Select(problem => problem.IsUnreadableImage));
    }

    [TestMethod]
    [DataRow("", "has no images that can be read in subfolders; expected a subfolder for each class, such as", DisplayName = "empty folder")]
    [DataRow("1.jpg 2.jpg", "has images, but no subfolders with images; expected a subfolder for each class", DisplayName = "images of one class")]
    [DataRow("cat/1.txt dog/2.pdf", "has no images that can be read in subfolders", DisplayName = "other files")]
    [DataRow("cat/1.heic", "such as '", DisplayName = "other formats")]
    public void FromFolder_NoImageWithALabel_SaysHowItMustLook(string files, string expected)
    {
        using TemporaryFolder folder = new();
        Write(folder, files.Split(' ', StringSplitOptions.RemoveEmptyEntries));

        InvalidDataException error = Assert.ThrowsExactly<InvalidDataException>(() => Find(folder.Path));

        Assert.StartsWith($"The folder of images '{folder.Path}' ", error.Message);
        Assert.Contains(expected, error.Message);
        Assert.AreEqual(files.Contains("heic", StringComparison.Ordinal), error.Message.Contains("1.heic' is not read: the formats", StringComparison.Ordinal), error.Message);
    }

    [TestMethod]
    public void FromFolder_Missing_NamesIt()
    {
        using TemporaryFolder folder = new();
        string file = folder.Write("file", [1]);

        Assert.AreEqual(
            "The folder of images 'no-such-folder' does not exist.",
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => Find("no-such-folder")).Message);
        Assert.AreEqual(
            $"The folder of images '{file}' is a file.",
            Assert.ThrowsExactly<DirectoryNotFoundException>(() => Find(file)).Message);
    }

    [TestMethod]
    public void FromFolder_10000Images_ReportsProgressAndFindsAll()
    {
        const int Count = 10_000;
        const int Classes = 100;
        using TemporaryFolder folder = new();
        Write(folder, [.. Enumerable.Range(0, Count).Select(i => $"{i % Classes:00}/{i:00000}.jpg")]);
        List<int> reports = [];

        ImageDataset dataset = Find(folder.Path, progress: new Reports(reports.Add));

        Assert.HasCount(Count, dataset.Images);
        Assert.IsTrue(dataset.ClassCounts.Values.All(count => count == Count / Classes));
        Assert.AreSequenceEqual([.. Enumerable.Range(1, 10).Select(i => 1000 * i), Count], reports);
    }

    [TestMethod]
    public void FromFolder_Canceled_Ends()
    {
        using TemporaryFolder folder = new();
        Write(folder, [.. Enumerable.Range(0, 1500).Select(i => $"cat/{i}.jpg")]);
        using CancellationTokenSource end = new();

        Assert.ThrowsExactly<OperationCanceledException>(
            () => ImageDataset.FromFolder(folder.Path, progress: new Reports(_ => end.Cancel()), cancellationToken: end.Token).Images);
    }

    internal static void Write(TemporaryFolder folder, params string[] names) => Array.ForEach(names, name => folder.Write(name, [1]));

    private static IEnumerable<string> Names(TemporaryFolder folder, ImageDataset dataset) =>
        dataset.Images.Select(image => Path.GetRelativePath(folder.Path, image.Image).Replace('\\', '/'));

    private ImageDataset Find(string folder, ImageFolderOptions? options = null, IProgress<int>? progress = null) =>
        ImageDataset.FromFolder(folder, options, progress, TestContext.CancellationToken);

    private sealed class Reports(Action<int> report) : IProgress<int>
    {
        public void Report(int value) => report(value);
    }
}
