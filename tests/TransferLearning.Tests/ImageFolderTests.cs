namespace TransferLearning.Tests;

[TestClass]
public sealed class ImageFolderTests
{
    [TestMethod]
    public void List_ReturnsImagesOfEachSubFolderInOrder()
    {
        using TemporaryFolder folder = new();
        foreach (string name in (string[])["dog/2.png", "dog/1.JPG", "cat/b.webp", "cat/a.jpeg", "cat/notes.txt", ".git/x.png", "readme.md", "cat/._a.jpeg", "dog/Thumbs.db", "__MACOSX/cat/._a.jpeg", "dog/desktop.ini"])
        {
            folder.Write(name, string.Empty);
        }

        IReadOnlyList<ImageData> images = ImageFolder.List(folder.Path);

        Assert.AreSequenceEqual(
            ["cat/a.jpeg", "cat/b.webp", "dog/1.JPG", "dog/2.png"],
            images.Select(image => Path.GetRelativePath(folder.Path, image.Image).Replace('\\', '/')));
        Assert.AreSequenceEqual(["cat", "cat", "dog", "dog"], images.Select(image => image.Label));
    }

    [TestMethod]
    [DataRow("", "is empty; expected one sub-folder a class", DisplayName = "empty folder")]
    [DataRow("1.jpg 2.jpg", "has images, but no sub-folders; expected one sub-folder a class", DisplayName = "folder of one class")]
    [DataRow("cat/1.jpg cat/2.jpg", "has only one class, 'cat'; expected one sub-folder a class, at least two of them, such as '")]
    [DataRow("train/cat/1.jpg test/cat/1.jpg", "hold no images that can be read; expected one sub-folder a class", DisplayName = "one level too high")]
    [DataRow("cat/1.jpg cat/2.jpg dog/1.jpg", "The class 'dog' in '", DisplayName = "class with one image")]
    [DataRow("cat/1.jpg cat/2.jpg dog/1.txt", "has no image that can be read; each class needs at least 2.", DisplayName = "class without images")]
    public void List_NotBuiltAsNeeded_SaysHowItMustLook(string files, string expected)
    {
        using TemporaryFolder folder = new();
        foreach (string name in files.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            folder.Write(name, string.Empty);
        }

        UsageException error = Assert.ThrowsExactly<UsageException>(() => ImageFolder.List(folder.Path));

        Assert.Contains(expected, error.Message);
        Assert.Contains(folder.Path, error.Message);
    }

    [TestMethod]
    public void List_MissingFolder_NamesIt()
    {
        UsageException error = Assert.ThrowsExactly<UsageException>(() => ImageFolder.List("no-such-folder"));

        Assert.AreEqual("The folder of images 'no-such-folder' does not exist.", error.Message);
    }
}
