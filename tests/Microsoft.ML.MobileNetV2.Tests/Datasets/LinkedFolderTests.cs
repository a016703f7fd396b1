using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Datasets;

/// <summary>Folders with links, and with parts that may not be read. Creating links needs a right on Windows, so these tests run elsewhere.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
[UnsupportedOSPlatform("windows")]
public sealed class LinkedFolderTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public void FromFolder_LinksToFilesAndFolders_AreFollowed()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "images/cat/1.jpg", "elsewhere/2.jpg", "store/3.jpg");
        Directory.CreateSymbolicLink(folder.PathOf("images", "dog"), "../elsewhere");
        File.CreateSymbolicLink(folder.PathOf("images", "cat", "linked.jpg"), folder.PathOf("store", "3.jpg"));

        ImageDataset dataset = Find(folder.PathOf("images"));

        Assert.AreSequenceEqual(
            [folder.PathOf("images", "cat", "1.jpg"), folder.PathOf("images", "cat", "linked.jpg"), folder.PathOf("images", "dog", "2.jpg")],
            dataset.Images.Select(image => image.Image));
        Assert.IsEmpty(dataset.Problems);
    }

    [TestMethod]
    [DataRow("a-link")]
    [DataRow("z-link")]
    public void FromFolder_LinkBesideItsFolder_KeepsTheNameOfTheFolder(string link)
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "images/cat/1.jpg", "images/dog/2.jpg");
        Directory.CreateSymbolicLink(folder.PathOf("images", link), "cat");

        ImageDataset dataset = Find(folder.PathOf("images"));

        Assert.AreSequenceEqual(["cat", "dog"], dataset.ClassNames);
        Assert.AreSequenceEqual([folder.PathOf("images", link)], dataset.Problems.Select(problem => problem.Path));
    }

    [TestMethod]
    public void FromFolder_LinksInACircle_AreNamed_AndEndTheSearch()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "images/a/1.jpg", "images/b/2.jpg");
        Directory.CreateSymbolicLink(folder.PathOf("images", "a", "up"), "../..");
        Directory.CreateSymbolicLink(folder.PathOf("images", "a", "self"), ".");
        Directory.CreateSymbolicLink(folder.PathOf("images", "a", "to-b"), "../b");
        Directory.CreateSymbolicLink(folder.PathOf("images", "b", "to-a"), "../a");
        string a = RealPathOf(folder, "images", "a");
        string b = RealPathOf(folder, "images", "b");

        ImageDataset dataset = Find(folder.PathOf("images"));

        Assert.AreSequenceEqual(["1.jpg", "2.jpg"], dataset.Images.Select(image => Path.GetFileName(image.Image)));
        Assert.AreSequenceEqual(
            [
                $"'{folder.PathOf("images", "a", "self")}' is a link to '{a}', which it lies in itself; it is not followed.",
                $"'{folder.PathOf("images", "a", "to-b")}' is the folder '{b}', which another link leads to; its images are taken once.",
                $"'{folder.PathOf("images", "a", "up")}' is a link to '{RealPathOf(folder)}', which it lies in itself; it is not followed.",
                $"'{folder.PathOf("images", "b", "to-a")}' is the folder '{a}', which another link leads to; its images are taken once.",
            ],
            dataset.Problems.Select(problem => problem.Message));
    }

    [TestMethod]
    public void FromFolder_ManyFoldersThatLinkToEachOther_ReadsEachOnce()
    {
        const int Count = 12;
        using TemporaryFolder folder = new();
        for (int i = 0; i < Count; i++)
        {
            ImageFolderTests.Write(folder, $"outside/{i}/{i}.jpg");
            for (int j = 0; j < Count; j++)
            {
                Directory.CreateSymbolicLink(folder.PathOf("outside", $"{i}", $"to-{j}"), folder.PathOf("outside", $"{j}"));
            }
        }

        Directory.CreateDirectory(folder.PathOf("images"));
        Directory.CreateSymbolicLink(folder.PathOf("images", "in"), folder.PathOf("outside", "0"));

        Assert.HasCount(Count, Find(folder.PathOf("images")).Images);
    }

    [TestMethod]
    public void FromFolder_LinksToNothingAndToThemselves_AreNamed()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "cat/1.jpg");
        File.CreateSymbolicLink(folder.PathOf("cat", "broken.jpg"), "gone.jpg");
        File.CreateSymbolicLink(folder.PathOf("cat", "round.jpg"), "round.jpg");

        ImageDataset dataset = Find(folder.Path);

        Assert.AreSequenceEqual(
            [
                $"'{folder.PathOf("cat", "broken.jpg")}' is a link to 'gone.jpg', which does not exist.",
                $"'{folder.PathOf("cat", "round.jpg")}' is a link that leads back to itself. Remove it, or link to an image.",
            ],
            dataset.Problems.Select(problem => problem.Message));
    }

    [TestMethod]
    public void FromFolder_FolderThatMayNotBeRead_IsNamed()
    {
        if (Environment.IsPrivilegedProcess)
        {
            return; // Nothing is forbidden to root.
        }

        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "cat/1.jpg", "secret/2.jpg");
        File.SetUnixFileMode(folder.PathOf("secret"), UnixFileMode.None);

        ImageDataset dataset = Find(folder.Path);

        File.SetUnixFileMode(folder.PathOf("secret"), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.HasCount(1, dataset.Images);
        Assert.AreSequenceEqual(
            [$"'{folder.PathOf("secret")}' may not be read. Check the permissions of the folder."], dataset.Problems.Select(problem => problem.Message));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void FromFolder_NamesThatAreNotUtf8_AreNamed()
    {
        using TemporaryFolder folder = new();
        ImageFolderTests.Write(folder, "cat/1.jpg");
        RunInShell("mkdir \"$(printf 'dog\\377')\" \"$(printf 'dog\\376')\" && cp cat/1.jpg \"$(printf 'cat/\\377.jpg')\"", folder.Path);

        ImageDataset dataset = Find(folder.Path);

        RunInShell("rm -r dog* cat", folder.Path); // .NET cannot.
        Assert.HasCount(1, dataset.Images);
        const string Fault = "has a name that is not UTF-8, so it cannot be opened. Rename it.";
        Assert.AreSequenceEqual(
            [
                $"'{folder.PathOf("cat", "\uFFFD.jpg")}' {Fault}",
                $"'{folder.PathOf("dog\uFFFD")}' {Fault}",
                $"'{folder.PathOf("dog\uFFFD")}' {Fault}",
            ],
            dataset.Problems.Select(problem => problem.Message));
    }

    private static void RunInShell(string script, string folder)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { WorkingDirectory = folder })!;
        shell.WaitForExit();
        Assert.AreEqual(0, shell.ExitCode);
    }

    private ImageDataset Find(string folder) => ImageDataset.FromFolder(folder, cancellationToken: TestContext.CancellationToken);

    /// <summary>Returns where a path leads: the temporary folder itself is a link on macOS.</summary>
    private static string RealPathOf(TemporaryFolder folder, params string[] parts) => MobileNetV2.Datasets.RealPath.Of(folder.PathOf(parts));
}
