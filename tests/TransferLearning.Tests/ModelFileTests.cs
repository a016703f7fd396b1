using System.Text;

namespace TransferLearning.Tests;

[TestClass]
public sealed class ModelFileTests
{
    [TestMethod]
    public void RequireWritable_LeavesNothingBehindAndAnOldFileAsItWas()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "old");

        ModelFile.RequireWritable(path);

        Assert.AreSequenceEqual([path], folder.Files());
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    [DataRow("missing/model.zip", "Its folder does not exist.")]
    [DataRow("file/model.zip", "Its folder does not exist.", DisplayName = "a file stands where the folder should")]
    [DataRow("folder", "It is a folder.")]
    public void RequireWritable_NotWritable_SaysWhy(string name, string reason)
    {
        using TemporaryFolder folder = new();
        folder.Write("file", string.Empty);
        folder.Write("folder/file", string.Empty);
        string path = folder.PathOf(name);

        UsageException error = Assert.ThrowsExactly<UsageException>(() => ModelFile.RequireWritable(path));

        Assert.AreEqual($"The model cannot be written to '{path}': {reason} Give another file behind --output.", error.Message);
    }

    [TestMethod]
    public void Write_ThatFails_KeepsTheOldFileAndNothingElse()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "old");

        Assert.ThrowsExactly<IOException>(() => ModelFile.Write(path, stream =>
        {
            stream.Write("half"u8);
            throw new IOException("disk full");
        }));

        Assert.AreSequenceEqual([path], folder.Files());
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    public void Write_ReplacesTheOldFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "old");

        ModelFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes("new")));

        Assert.AreEqual("new", File.ReadAllText(path));
        Assert.AreSequenceEqual([path], folder.Files());
    }
}
