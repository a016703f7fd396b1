using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Files that are not the published ones.</summary>
[TestClass]
public sealed class ChecksumTests
{
    private static byte[] Content => DownloadCase.Content;

    [TestMethod]
    public void Load_WrongBytes_ThrowsAndLeavesNothing()
    {
        using DownloadCase test = new(ServerAnswers.File(Changed()));

        WeightsFormatException error = test.Fail<WeightsFormatException>();

        Assert.AreEqual(WeightsFormatError.ChecksumMismatch, error.Error);
        Assert.StartsWith($"'{test.Entry.Address}': SHA-256 is ", error.Message);
        Assert.Contains($"expected one that begins with {DownloadCase.Hash[..8]}, as published.", error.Message);
        test.AssertNothingLeft();
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void Load_WrongBytesWhereTheWholeHashIsPublished_NamesIt()
    {
        using DownloadCase test = new(ServerAnswers.File(Changed()));
        test.PublishWholeHash();

        Assert.Contains($"expected {DownloadCase.Hash}, as published.", test.Fail<WeightsFormatException>().Message);
    }

    [TestMethod]
    [DataRow("xyz")]
    [DataRow("00000000000000000000000000000000000000000000000000000000000000000", DisplayName = "65 digits")]
    public void Sha256Prefix_ThatIsNone_Throws(string hash)
    {
        WeightsDescription description = MobileNetV2Weights.Bundled.Description;

        Assert.ThrowsExactly<ArgumentException>(() => new PretrainedWeights { Description = description, Sha256Prefix = hash });
    }

    [TestMethod]
    public void Load_ShortFileOfUnknownLength_ThrowsAndLeavesNothing()
    {
        using DownloadCase test = new(ServerAnswers.WithoutLength(Content, DownloadCase.Half));

        Assert.AreEqual(WeightsFormatError.ChecksumMismatch, test.Fail<WeightsFormatException>().Error);

        test.AssertNothingLeft();
    }

    [TestMethod]
    public void Load_NoPublishedHash_AnErrorPageIsNotRecorded()
    {
        using DownloadCase test = new(ServerAnswers.File("<html>Please log in</html>"u8.ToArray()));
        test.RemovePublishedHash();

        Assert.AreEqual(WeightsFormatError.UnknownFormat, test.Fail<WeightsFormatException>().Error);

        test.AssertNothingLeft();
    }

    [TestMethod]
    public void Load_AnotherNetwork_IsNotKept()
    {
        byte[] other = SafetensorsBytes.From(SyntheticNetwork.Create(0.35f, classCount: 3).Checkpoint);
        using DownloadCase test = new(ServerAnswers.File(other));
        test.RemovePublishedHash();

        WeightsFormatException error = test.Fail<WeightsFormatException>();

        Assert.AreEqual(WeightsFormatError.ShapeMismatch, error.Error);
        Assert.Contains("its classifier has 3 classes; the catalog says 0 for 'test'", error.Message);
        test.AssertNothingLeft();
    }

    [TestMethod]
    [DataRow(true, DisplayName = "a hash is published")]
    [DataRow(false, DisplayName = "the first hash was recorded")]
    public void Load_FileChangedInTheCache_ThrowsAndNamesIt(bool isPublished)
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        if (!isPublished)
        {
            test.RemovePublishedHash();
        }

        test.Load();
        test.Folder.Write(DownloadCase.FileName, Changed());

        WeightsFormatException error = test.Fail<WeightsFormatException>();

        Assert.AreEqual(WeightsFormatError.ChecksumMismatch, error.Error);
        Assert.StartsWith($"'{test.FilePath}': SHA-256 is ", error.Message);
        Assert.Contains("Delete the file, and it is downloaded again", error.Message);
    }

    [TestMethod]
    public void Load_AnotherFileThanAtTheFirstDownload_Throws()
    {
        using DownloadCase test = new(ServerAnswers.File(Content), ServerAnswers.File(Changed()));
        test.RemovePublishedHash();
        test.Load();
        File.Delete(test.FilePath);

        WeightsFormatException error = test.Fail<WeightsFormatException>();

        Assert.Contains($"expected {DownloadCase.Hash}, as of the first download.", error.Message);
        Assert.IsFalse(File.Exists(test.FilePath));
    }

    private static byte[] Changed()
    {
        byte[] changed = [.. Content];
        changed[^1] ^= 1;
        return changed;
    }
}
