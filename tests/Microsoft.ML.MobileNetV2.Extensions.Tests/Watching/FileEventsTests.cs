using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Watching;

/// <summary>Events of the real file system; each test waits until one has come.</summary>
[TestClass]
public sealed class FileEventsTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public Task RenameToTheName_IsReported() => ExpectReportAsync((folder, path) =>
    {
        folder.Write("other.zip", "another"u8);
        File.Move(folder.PathOf("other.zip"), path, overwrite: true);
    });

    [TestMethod]
    public Task Write_IsReported() => ExpectReportAsync((_, path) => File.AppendAllText(path, "more"));

    [TestMethod]
    public Task Delete_IsReported() => ExpectReportAsync((_, path) => File.Delete(path));

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Links need a right there.")]
    [DataRow("model.zip", "model.zip=>1/model.zip", DisplayName = "the file is a link")]
    [DataRow("current/model.zip", "current=>1", DisplayName = "its folder is a link")]
    [DataRow("current/deep/model.zip", "current=>1", DisplayName = "a folder above is a link")]
    [DataRow("model.zip", "..data=>1", "model.zip=>..data/model.zip", DisplayName = "a link leads through another one, as in a ConfigMap")]
    [DataRow("part/model.zip", "..data=>1", "part=>..data/deep", DisplayName = "a link to a folder leads through another one")]
    public async Task LinkThatLeadsElsewhere_IsReportedAndFollowed(string path, params string[] links)
    {
        using TemporaryFolder folder = new();
        foreach (string name in new[] { "1/model.zip", "1/deep/model.zip", "2/model.zip", "2/deep/model.zip" })
        {
            folder.Write(name, "first"u8);
        }

        Array.ForEach(links, link => Link(folder, link));
        string file = folder.PathOf(path.Split('/'));
        using SemaphoreSlim reports = new(0);
        using FileEvents watch = new(file, () => reports.Release());

        File.Delete(folder.PathOf(links[0].Split("=>")[0]));
        Link(folder, links[0].Replace('1', '2'));
        await reports.WaitAsync(TestContext.CancellationToken);
        IReadOnlyList<WatchedName> followed = WatchedName.On(file);
        await Polling.UntilAsync(() => watch.Names.SequenceEqual(followed), TestContext.CancellationToken);
        await File.AppendAllTextAsync(file, "second", TestContext.CancellationToken);

        await reports.WaitAsync(TestContext.CancellationToken);
        Assert.EndsWith("2", followed[^1].Folder.Replace($"{Path.DirectorySeparatorChar}deep", string.Empty, StringComparison.Ordinal));
    }

    private static void Link(TemporaryFolder folder, string link)
    {
        string[] parts = link.Split("=>");
        File.CreateSymbolicLink(folder.PathOf(parts[0]), parts[1]);
    }

    private async Task ExpectReportAsync(Action<TemporaryFolder, string> change)
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "first"u8);
        TaskCompletionSource reported = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IFileWatch watch = new FileWatches(TimeProvider.System).Start(path, pollingInterval: null, () => reported.TrySetResult());

        change(folder, path);

        await reported.Task.WaitAsync(TestContext.CancellationToken);
    }
}
