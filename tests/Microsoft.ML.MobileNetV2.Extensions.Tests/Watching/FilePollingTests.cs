using Microsoft.Extensions.Time.Testing;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Extensions.Tests.Watching;

/// <summary>Files that are looked at from time to time.</summary>
[TestClass]
public sealed class FilePollingTests
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    [TestMethod]
    public void ChangesOfLengthOrTime_AreReportedOnceEach()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "first"u8);
        FakeTimeProvider time = new();
        int reports = 0;
        using IFileWatch watch = new FileWatches(time).Start(path, Interval, () => reports++);

        List<int> counts = [];
        foreach (Action change in new Action[]
        {
            () => { },
            () => folder.Write("model.zip", "longer than before"u8),
            () => { },
            () => File.SetLastWriteTimeUtc(path, new(2020, 1, 1, 0, 0, 0, DateTimeKind.Utc)),
            () => File.Delete(path),
            () => { },
            () => folder.Write("model.zip", "again"u8),
        })
        {
            change();
            time.Advance(Interval);
            counts.Add(reports);
        }

        Assert.AreSequenceEqual([0, 1, 1, 2, 3, 3, 4], counts);
    }

    [TestMethod]
    [OSCondition(ConditionMode.Exclude, OperatingSystems.Windows, IgnoreMessage = "Links need a right there.")]
    public void LinkThatLeadsToAnotherFile_IsReported()
    {
        using TemporaryFolder folder = new();
        string link = folder.PathOf("model.zip");
        File.CreateSymbolicLink(link, folder.Write("first", "first"u8));
        FakeTimeProvider time = new();
        int reports = 0;
        using IFileWatch watch = new FileWatches(time).Start(link, Interval, () => reports++);

        string next = folder.PathOf("next");
        File.CreateSymbolicLink(next, folder.Write("second", "the second one"u8));
        File.Move(next, link, overwrite: true);
        time.Advance(Interval);

        Assert.AreEqual(1, reports);
    }

    [TestMethod]
    public void Dispose_EndsTheReports()
    {
        using TemporaryFolder folder = new();
        string path = folder.Write("model.zip", "first"u8);
        FakeTimeProvider time = new();
        int reports = 0;

        new FileWatches(time).Start(path, Interval, () => reports++).Dispose();
        folder.Write("model.zip", "longer than before"u8);
        time.Advance(Interval);

        Assert.AreEqual(0, reports);
    }
}
