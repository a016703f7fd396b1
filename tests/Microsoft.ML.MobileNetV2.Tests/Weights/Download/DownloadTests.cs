using System.Net;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Servers that answer well, break off, are silent, busy or wrong.</summary>
[TestClass]
public sealed class DownloadTests
{
    private static byte[] Content => DownloadCase.Content;

    private static string HalfRange => $"bytes={DownloadCase.Half}-";

    [TestMethod]
    public void Load_ReportsAndKeepsTheFile()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));

        List<DownloadProgress> reports = test.Load();

        test.AssertComplete();
        Assert.IsTrue(reports.TrueForAll(report => (report.Name, report.Address, report.TargetPath) == ("test", test.Entry.Address, test.FilePath)));
        Assert.AreEqual((0L, (long?)null, false), (reports[0].BytesDone, reports[0].TotalBytes, reports[0].IsCompleted));
        Assert.AreEqual((Content.Length, (long?)Content.Length, true), (reports[^1].BytesDone, reports[^1].TotalBytes, reports[^1].IsCompleted));
        Assert.Contains(report => report is { Stage: DownloadStage.Receiving, BytesDone: > 0 } && report.TotalBytes == Content.Length, reports);
    }

    [TestMethod]
    public void Load_OfAFileInTheCache_SendsNoRequest()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Load();

        List<DownloadProgress> reports = test.Load();

        Assert.IsEmpty(reports);
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void Load_ReportsToTheProgressOfTheOptionsToo()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        DownloadCase.ProgressList progress = new();
        test.Options = test.Options with { Progress = progress };

        List<DownloadProgress> others = test.Load();

        Assert.AreSequenceEqual(others, progress.Reports);
        Assert.AreEqual(DownloadStage.Completed, progress.Reports[^1].Stage);
    }

    [TestMethod]
    [DataRow(false, DisplayName = "the connection is closed")]
    [DataRow(true, DisplayName = "the server is silent")]
    public void Load_AfterABreak_AsksForTheRestOnly(bool isStalled)
    {
        TestClock clock = new();
        ServerAnswer broken = isStalled ? ServerAnswers.Stalled(Content, DownloadCase.Half) : ServerAnswers.Truncated(Content, DownloadCase.Half);
        using DownloadCase test = new(broken, ServerAnswers.File(Content));
        bool hasTimedOut = !isStalled;
        ProgressAction timeout = new(report =>
        {
            if (!hasTimedOut && report is { Stage: DownloadStage.Receiving } && report.BytesDone == DownloadCase.Half)
            {
                hasTimedOut = true;
                clock.EndNextTimer();
            }
        });
        test.Options = test.Options with { Clock = clock, Progress = timeout };

        List<DownloadProgress> reports = test.Load();

        test.AssertComplete();
        Assert.HasCount(2, test.Server.Requests);
        Assert.AreEqual(HalfRange, test.Server.Requests[1].Range);
        Assert.AreEqual(ServerAnswers.Tag, test.Server.Requests[1].IfRange);
        Assert.AreEqual(DownloadCase.Half, reports.Single(report => report.Stage == DownloadStage.Retrying).BytesDone);
    }

    [TestMethod]
    public void Load_ServerWithoutRanges_BeginsAgain()
    {
        using DownloadCase test = new(ServerAnswers.Truncated(Content, DownloadCase.Half), ServerAnswers.WithoutRanges(Content));

        test.Load();

        test.AssertComplete();
    }

    [TestMethod]
    public void Load_NewVersionAfterABreak_BeginsAgain()
    {
        byte[] other = new byte[Content.Length];
        using DownloadCase test = new(ServerAnswers.Truncated(other, DownloadCase.Half, "\"old\""), ServerAnswers.File(Content));

        test.Load();

        test.AssertComplete();
        Assert.AreEqual("\"old\"", test.Server.Requests[1].IfRange);
    }

    [TestMethod]
    public void Load_VersionUnknownAndNoHash_DoesNotJoinParts()
    {
        using DownloadCase test = new(ServerAnswers.Truncated(Content, DownloadCase.Half, tag: string.Empty), ServerAnswers.File(Content));
        test.RemovePublishedHash();

        test.Load();

        test.AssertComplete();
        Assert.IsNull(test.Server.Requests[1].Range);
    }

    [TestMethod]
    public void Load_WrongPartOfAnEarlierProcess_BeginsAgain()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Folder.Write($"{DownloadCase.FileName}.part", new byte[1000]);

        test.Load();

        test.AssertComplete();
        Assert.HasCount(2, test.Server.Requests);
    }

    [TestMethod]
    public void Load_CompletePartOfAnEarlierProcess_IsTaken()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.Folder.Write($"{DownloadCase.FileName}.part", Content);

        test.Load();

        test.AssertComplete();
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void Load_BusyServer_TriesAgain()
    {
        using DownloadCase test = new(
            ServerAnswers.Status("503 Service Unavailable"), ServerAnswers.Status("429 Too Many Requests"), ServerAnswers.File(Content));

        test.Load();

        test.AssertComplete();
    }

    [TestMethod]
    public void Load_BrokenServer_GivesUpAfterTheLastAttempt()
    {
        using DownloadCase test = new(ServerAnswers.Status("500 Internal Server Error"));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.AreEqual(HttpStatusCode.InternalServerError, error.StatusCode);
        Assert.Contains($"'{test.Entry.Address}' answered 500 (InternalServerError); expected 200 (OK).", error.Message);
        Assert.HasCount(1 + test.Options.RetryDelays.Count, test.Server.Requests);
    }

    [TestMethod]
    public void Load_MissingFile_IsAskedForOnce()
    {
        using DownloadCase test = new(ServerAnswers.Status("404 Not Found"));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.AreEqual(HttpStatusCode.NotFound, error.StatusCode);
        Assert.AreEqual(test.Entry.Address, error.Address);
        Assert.HasCount(1, test.Server.Requests);
        Assert.IsFalse(File.Exists(test.FilePath));
    }

    [TestMethod]
    public void Load_Redirected_Follows()
    {
        using WeightsServer target = new(ServerAnswers.File(Content));
        using DownloadCase test = new(ServerAnswers.Redirect(target.Address));

        test.Load();

        test.AssertComplete();
        Assert.HasCount(1, target.Requests);
    }

    [TestMethod]
    public void Load_RedirectedToNothing_NamesBothAddresses()
    {
        using WeightsServer target = new(ServerAnswers.Status("404 Not Found"));
        using DownloadCase test = new(ServerAnswers.Redirect(target.Address));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"'{test.Entry.Address}' (redirected to '{target.Address}') answered 404", error.Message);
    }

    [TestMethod]
    public void Load_FileThatNeverGetsWhole_SaysHowMuchCame()
    {
        using DownloadCase test = new(ServerAnswers.Truncated(Content, 0));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"'{test.Entry.Address}' could not be read.", error.Message);
        Assert.IsFalse(File.Exists(test.FilePath));
    }

    [TestMethod]
    public async Task LoadAsync_Canceled_KeepsThePartForTheNextOne()
    {
        using DownloadCase test = new(ServerAnswers.Stalled(Content, DownloadCase.Half), ServerAnswers.File(Content));
        using CancellationTokenSource cancellation = new();
        ProgressAction watcher = new(report =>
        {
            if (report.BytesDone == DownloadCase.Half)
            {
                cancellation.Cancel();
            }
        });

        await Assert.ThrowsAsync<OperationCanceledException>(() => test.Open().LoadAsync(watcher, cancellation.Token));
        test.Load();

        test.AssertComplete();
        Assert.AreEqual(HalfRange, test.Server.Requests[1].Range);
    }
}
