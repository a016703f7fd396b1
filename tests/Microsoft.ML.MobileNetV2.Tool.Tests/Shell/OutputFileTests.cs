using Microsoft.ML.MobileNetV2.Tool.Shell;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Shell;

[TestClass]
public sealed class OutputFileTests
{
    [TestMethod]
    public void Write_ToAFullDisk_KeepsTheOldFileAndNamesIt()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("m.zip", "old");

        CommandException error = Assert.ThrowsExactly<CommandException>(() => OutputFile.Write(path, FindTheDiskFull));

        Assert.AreEqual($"'{path}' cannot be written: No space left on device. What was there before is still there.", error.Message);
        Assert.AreSequenceEqual(["m.zip"], folder.Files());
        Assert.AreEqual("old", File.ReadAllText(path));
    }

    [TestMethod]
    public void Write_ThatFails_LeavesTheOldFileAlone()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("file.txt", "old");

        Assert.ThrowsExactly<IOException>(() => OutputFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new IOException("No space left.");
        }));

        Assert.AreEqual("old", File.ReadAllText(path));
        Assert.AreSequenceEqual(["file.txt"], folder.Files());
    }

    [TestMethod]
    public void Write_ReplacesTheOldFile()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("file.txt", "old");

        OutputFile.WriteText(path, "new");

        Assert.AreEqual("new", File.ReadAllText(path));
        Assert.AreSequenceEqual(["file.txt"], folder.Files());
    }

    [TestMethod]
    public void RequireWritable_MoreThanTheDiskHas_SaysHowMuchIsMissing()
    {
        using TemporaryFolder folder = new();

        var error = Assert.ThrowsExactly<CommandException>(() => OutputFile.RequireWritable(folder.PathOf("m.zip"), "--model", length: long.MaxValue));

        Assert.StartsWith($"'{folder.PathOf("m.zip")}' cannot be written: its disk has ", error.Message);
        Assert.EndsWith("Give another file as --model.", error.Message);
        Assert.IsEmpty(folder.Files());
    }

    [TestMethod]
    [DataRow("", "it is a folder.")]
    [DataRow("missing/m.zip", "its folder does not exist.")]
    public void RequireWritable_WrongPlace_SaysWhy(string name, string reason)
    {
        using TemporaryFolder folder = new();

        var error = Assert.ThrowsExactly<CommandException>(() => OutputFile.RequireWritable(folder.PathOf(name), "--model"));

        Assert.Contains($"cannot be written: {reason}", error.Message);
    }

    [TestMethod]
    public void RequireWritable_LeavesNothing()
    {
        using TemporaryFolder folder = new();

        OutputFile.RequireWritable(folder.PathOf("m.zip"), "--model", length: 1);

        Assert.IsEmpty(folder.Files());
    }

    /// <summary>Fails as the system does, which names the file that it was given.</summary>
    private static void FindTheDiskFull(Stream stream)
    {
        stream.WriteByte(1);
        throw new IOException($"No space left on device : '{((FileStream)stream).Name}'");
    }
}
