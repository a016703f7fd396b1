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
