namespace TransferLearning.Tests;

[TestClass]
public sealed class SampleImagesTests
{
    [TestMethod]
    public void WithoutAFolder_ImagesAreDrawnAndDeletedInTheEnd()
    {
        string folder;
        using (SampleImages images = new(SampleOptions.Parse([])))
        {
            folder = images.Folder;
            Assert.HasCount(5, Directory.GetDirectories(folder));
        }

        Assert.IsFalse(Directory.Exists(folder));
    }

    [TestMethod]
    public void AFolderOfTheUser_StaysAsItIs()
    {
        using TemporaryFolder folder = new();
        string image = folder.Write("cat/1.jpg", "image");

        using (SampleImages images = new(SampleOptions.Parse([folder.Path])))
        {
            Assert.AreEqual(folder.Path, images.Folder);
        }

        Assert.AreSequenceEqual([image], folder.Files());
    }

    [TestMethod]
    public void DrawingIntoAFolderThatIsNotEmpty_IsRefused()
    {
        using TemporaryFolder folder = new();
        string image = folder.Write("cat/1.jpg", "image");

        string message = Assert.ThrowsExactly<UsageException>(() => new SampleImages(SampleOptions.Parse(["--draw", folder.Path]))).Message;

        Assert.AreEqual($"Images are to be drawn into '{folder.Path}', which is not empty.", message);
        Assert.AreSequenceEqual([image], folder.Files());
    }
}
