using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Where files are, where they come from, and disks that are full.</summary>
[TestClass]
public sealed class CacheTests
{
    private static byte[] Content => DownloadCase.Content;

    [TestMethod]
    public void Load_FullDisk_ThrowsAndLeavesNothing()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Options = test.Options with { OpenFile = path => new FullDisk(path, DownloadCase.Half) };

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"'{test.FilePath}.part' cannot be written. {FullDisk.Message} Make room", error.Message);
        test.AssertNothingLeft();
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void Load_FullDiskThatShowsOnlyAtTheEnd_ThrowsAndLeavesNothing()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Options = test.Options with { OpenFile = path => new FullDisk(path, int.MaxValue) { FailsOnFlush = true } };

        Assert.Contains(FullDisk.Message, test.Fail<WeightsDownloadException>().Message);

        test.AssertNothingLeft();
    }

    [TestMethod]
    public void Load_HashThatCannotBeRecorded_ThrowsAndLeavesNoFile()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        Directory.CreateDirectory(test.Folder.PathOf($"{DownloadCase.FileName}.sha256"));

        test.Fail<WeightsDownloadException>();

        Assert.IsFalse(File.Exists(test.FilePath) || File.Exists($"{test.FilePath}.part"));
    }

    [TestMethod]
    public void Load_FolderThatCannotBeMade_NamesTheVariable()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Options = test.Options with { CacheFolder = Path.Combine(test.Folder.Write("file", []), "below") };

        Assert.Contains($"Set {WeightsDownloadOptions.CacheVariable} to another folder.", test.Fail<WeightsDownloadException>().Message);
    }

    [TestMethod]
    public void Load_Offline_SaysWhereToPutTheFile()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Options = test.Options with { IsOffline = true };

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains(WeightsDownloadOptions.OfflineVariable, error.Message);
        Assert.Contains($"Get the file '{test.Entry.Address}' on another machine and put it at '{test.FilePath}'.", error.Message);
        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void Load_Offline_TakesTheFileThatWasPutThere()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Options = test.Options with { IsOffline = true };
        test.Folder.Write(DownloadCase.FileName, Content);

        test.Load();

        Assert.IsEmpty(test.Server.Requests);
        Assert.AreSequenceEqual([DownloadCase.FileName, $"{DownloadCase.FileName}.sha256"], test.Folder.FileNames());
    }

    [TestMethod]
    [DataRow("mirror/of weights/", "/mirror/of%20weights/test.safetensors")]
    [DataRow("mirror", "/mirror/test.safetensors")]
    [DataRow("", "/test.safetensors")]
    [DataRow("mirror/?key=1", "/mirror/test.safetensors?key=1")]
    public void Load_Mirror_IsAskedForTheFileName(string path, string expected)
    {
        using DownloadCase test = new(ServerAnswers.Status("404 Not Found"));
        using WeightsServer mirror = new(ServerAnswers.File(Content));
        test.Options = test.Options with { Mirror = new(mirror.Address, path) };

        test.Load();

        test.AssertComplete();
        Assert.AreEqual(expected, mirror.Requests.Single().Target);
        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void FromEnvironment_ReadsTheVariables()
    {
        Dictionary<string, string> variables = new()
        {
            [WeightsDownloadOptions.CacheVariable] = "cache",
            [WeightsDownloadOptions.MirrorVariable] = "https://mirror.example/weights",
            [WeightsDownloadOptions.OfflineVariable] = "1",
        };

        WeightsDownloadOptions options = WeightsDownloadOptions.FromEnvironment(variables.GetValueOrDefault);

        Assert.AreEqual("cache", options.CacheFolder);
        Assert.AreEqual(new Uri("https://mirror.example/weights"), options.Mirror);
        Assert.IsTrue(options.IsOffline);
    }

    [TestMethod]
    public void FromEnvironment_NothingSet_GivesTheDefaults()
    {
        WeightsDownloadOptions options = WeightsDownloadOptions.FromEnvironment(_ => null);

        Assert.IsNull(options.CacheFolder);
        Assert.IsNull(options.Mirror);
        Assert.IsFalse(options.IsOffline);
    }

    [TestMethod]
    [DataRow("mirror.example")]
    [DataRow("ftp://mirror.example/")]
    public void FromEnvironment_MirrorThatIsNoAddress_Throws(string mirror)
    {
        ArgumentException error = Assert.ThrowsExactly<ArgumentException>(
            () => WeightsDownloadOptions.FromEnvironment(name => name == WeightsDownloadOptions.MirrorVariable ? mirror : null));

        Assert.Contains($"MICROSOFT_ML_MOBILENETV2_MIRROR is '{mirror}'", error.Message);
    }

    [TestMethod]
    public void DefaultCacheFolder_WithoutAHome_NamesTheVariable()
    {
        if (!OperatingSystem.IsWindows())
        {
            Assert.Contains("MICROSOFT_ML_MOBILENETV2_CACHE", Assert.ThrowsExactly<WeightsDownloadException>(() => DefaultCacheFolder.Find(_ => null)).Message);
        }
    }

    /// <summary>Is a file on a disk with little room.</summary>
    private sealed class FullDisk(string path, int room) : FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read)
    {
        internal const string Message = "No space left on device.";

        internal bool FailsOnFlush { get; init; }

        public override void Write(ReadOnlySpan<byte> buffer)
        {
            if (Length + buffer.Length > room)
            {
                throw new IOException(Message);
            }

            base.Write(buffer);
        }

        public override void Flush(bool flushToDisk)
        {
            if (FailsOnFlush && flushToDisk)
            {
                throw new IOException(Message);
            }

            base.Flush(flushToDisk);
        }
    }
}
