using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Imaging;

/// <summary>No reader waits for somebody to write to a pipe.</summary>
[TestClass]
[OSCondition(ConditionMode.Exclude, OperatingSystems.Windows)]
public sealed class RegularFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void FromFile_Pipe_IsRefusedAtOnce()
    {
        string pipe = MakePipe("weights.h5");

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => MobileNetV2Weights.FromFile(pipe));

        Assert.AreEqual($"'{pipe}': the file is empty, or a pipe or device; expected weights.", error.Message);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void Load_Pipe_IsRefusedAtOnce()
    {
        string pipe = MakePipe("model.zip");
        string expected = $"'{pipe}' is empty, or a pipe or device; expected a .zip that mlContext.Model.Save wrote.";

        Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(pipe)).Message);
        Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(pipe, out _)).Message);
    }

    [TestMethod]
    public void Folder_IsRefusedAsOne()
    {
        string expected = $"'{_folder.Path}' is a folder; expected a .zip that mlContext.Model.Save wrote.";

        Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidDataException>(() => ImageClassifier.Load(_folder.Path)).Message);
        Assert.AreEqual(expected, Assert.ThrowsExactly<InvalidDataException>(() => new MLContext().Model.LoadWithMobileNetV2(_folder.Path, out _)).Message);
        Assert.AreEqual(
            $"The file of weights '{_folder.Path}' is a folder.", Assert.ThrowsExactly<FileNotFoundException>(() => MobileNetV2Weights.FromFile(_folder.Path)).Message);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void FeatureStore_PipeInItsFolder_IsPassedOver()
    {
        MakePipe("other.features");
        FeatureKey key = FeatureKey.Of("image", [1]);
        float[] features = new float[2];

        using FolderFeatureStore store = new(_folder.Path, new(FeatureKey.Of("network", [1]), features.Length));
        store.Add(key, [1, 2]);

        Assert.IsTrue(store.TryRead(key, features));
        Assert.AreSequenceEqual([1, 2], features);
    }

    [TestMethod]
    [Timeout(60_000, CooperativeCancellation = true)]
    public void FromCatalog_PipeInTheCache_IsRefusedAtOnce()
    {
        using DownloadCase test = new(ServerAnswers.File(DownloadCase.Content));
        MakePipe(DownloadCase.FileName);
        test.Options = test.Options with { CacheFolder = _folder.Path };

        Assert.Contains("pipe or device", test.Fail<WeightsFormatException>().Message);
        Assert.IsEmpty(test.Server.Requests);
    }

    [TestMethod]
    public void IsEmpty_Device_Missing_AndFile()
    {
        Assert.IsTrue(MobileNetV2.Imaging.RegularFile.IsEmpty("/dev/zero"));
        Assert.IsFalse(MobileNetV2.Imaging.RegularFile.IsEmpty(_folder.PathOf("missing")));
        Assert.IsFalse(MobileNetV2.Imaging.RegularFile.IsEmpty(_folder.Write("file", [1])));
    }

    private string MakePipe(string name)
    {
        string path = _folder.PathOf(name);
        using Process process = Process.Start("mkfifo", [path]);
        process.WaitForExit();
        return path;
    }
}
