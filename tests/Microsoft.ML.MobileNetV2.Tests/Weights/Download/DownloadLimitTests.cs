using System.Net;
using System.Net.Sockets;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;
using Microsoft.ML.MobileNetV2.Weights;

namespace Microsoft.ML.MobileNetV2.Tests.Weights.Download;

/// <summary>Servers that send too much, too little, or lead elsewhere; and what the user hears, when.</summary>
[TestClass]
public sealed class DownloadLimitTests
{
    private static byte[] Content => DownloadCase.Content;

    [TestMethod]
    [DataRow(0L, DisplayName = "zeros without end")]
    [DataRow(1L << 40, DisplayName = "a promise of a terabyte")]
    public void Load_ServerThatSendsTooMuch_IsRefusedAndLeavesNothing(long promised)
    {
        using DownloadCase test = new(promised == 0 ? ServerAnswers.Endless() : ServerAnswers.Huge(promised));
        long most = 0;
        test.Options = test.Options with { Progress = new ProgressAction(report => most = Math.Max(most, report.BytesDone)) };

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"at most {test.Entry.MaxFileLength} are expected of this network", error.Message);
        Assert.IsLessThanOrEqualTo(test.Entry.MaxFileLength, most);
        test.AssertNothingLeft();
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void MaxFileLength_OfEveryEntry_LeavesRoomForItsNumbers()
    {
        foreach (PretrainedWeights entry in MobileNetV2Weights.Catalog)
        {
            Assert.IsInRange(5 * entry.ParameterCount, 256L << 20, entry.MaxFileLength, entry.Name);
        }
    }

    [TestMethod]
    [DataRow("file:///etc/hostname", DisplayName = "a file")]
    [DataRow("ftp://127.0.0.1/test.safetensors", DisplayName = "another protocol")]
    [DataRow("//", DisplayName = "no address")]
    public void Load_RedirectedToWhatIsNotHttp_IsRefusedAndLeavesNothing(string target)
    {
        using DownloadCase test = new(ServerAnswers.Redirect(target));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"'{test.Entry.Address}' redirects to '", error.Message);
        Assert.Contains("', which is not followed.", error.Message);
        test.AssertNothingLeft();
        Assert.HasCount(1, test.Server.Requests);
    }

    [TestMethod]
    public void Load_RedirectedFromHttpsToHttp_IsRefused()
    {
        using WeightsServer plain = new(ServerAnswers.File(Content));
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.MoveTo(new("https://weights.example/test.safetensors"));
        test.Options = test.Options with { CreateHandler = () => new RedirectingHandler(plain.Address) };

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"redirects to '{plain.Address}', which is not followed.", error.Message);
        Assert.IsEmpty(plain.Requests);
    }

    [TestMethod]
    public void Load_RedirectedInACircle_Ends()
    {
        using DownloadCase test = new(ServerAnswers.Redirect("/again"));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains("redirects to '/again', which is not followed.", error.Message);
        Assert.HasCount(11, test.Server.Requests);
    }

    [TestMethod]
    public void Load_ServerThatSendsAByteASecond_IsGivenUp()
    {
        TestClock clock = new();
        using SemaphoreSlim next = new(1);
        using DownloadCase test = new(ServerAnswers.Dribble(Content, next), ServerAnswers.File(Content));
        List<DownloadProgress> interruptions = [];
        test.Options = test.Options with
        {
            Clock = clock,
            Progress = new ProgressAction(report =>
            {
                if (report is { Stage: DownloadStage.Receiving, BytesDone: > 0 and < 100 })
                {
                    clock.Advance(TimeSpan.FromSeconds(1));
                    next.Release();
                }
                else if (report.Stage == DownloadStage.Retrying)
                {
                    interruptions.Add(report);
                }
            }),
        };

        test.Load();

        test.AssertComplete();
        Assert.AreEqual(test.Options.StallTimeout.TotalSeconds, interruptions.Single().BytesDone);
    }

    [TestMethod]
    public void Load_ConnectionsThatEachBringAPart_AreNoFailure()
    {
        const int Length = 128 << 10;
        using DownloadCase test = new(ServerAnswers.Pieces(Content, Length));

        test.Load();

        test.AssertComplete();
        Assert.IsGreaterThan(2 * (1 + test.Options.RetryDelays.Count), test.Server.Requests.Count);
        Assert.HasCount((Content.Length + Length - 1) / Length, test.Server.Requests);
    }

    [TestMethod]
    public void Load_ConnectionsThatBringTheSamePartAgain_Fail()
    {
        using DownloadCase test = new(ServerAnswers.Truncated(Content, DownloadCase.Half, tag: string.Empty));
        test.RemovePublishedHash();

        test.Fail<WeightsDownloadException>();

        Assert.HasCount(1 + test.Options.RetryDelays.Count, test.Server.Requests);
    }

    [TestMethod]
    public void Load_SaysWhatItDoesBeforeTheServerAnswers()
    {
        TaskCompletionSource isSaid = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using DownloadCase test = new(async (request, stream, end) =>
        {
            await isSaid.Task.WaitAsync(end);
            await ServerAnswers.File(Content)(request, stream, end);
        });
        test.Options = test.Options with { Progress = new ProgressAction(_ => isSaid.TrySetResult()) };

        test.Load();

        test.AssertComplete();
    }

    [TestMethod]
    public void Load_ServerOutOfReach_SaysSoAtOnceWithTheWayOut()
    {
        using DownloadCase test = new(ServerAnswers.File(Content));
        test.MoveTo(new($"http://127.0.0.1:{ClosedPort()}/test.safetensors"));
        List<DownloadStage> stages = [];
        test.Options = test.Options with { Progress = new ProgressAction(report => stages.Add(report.Stage)) };

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.AreSequenceEqual([DownloadStage.Started], stages);
        Assert.Contains(
            $"Get the file '{test.Entry.Address}' on another machine and put it at '{test.FilePath}', or set {WeightsDownloadOptions.MirrorVariable}", error.Message);
        test.AssertNothingLeft();
    }

    [TestMethod]
    [DataRow("404 Not Found")]
    [DataRow("500 Internal Server Error")]
    public void Load_ServerThatRefuses_NamesTheWayOut(string status)
    {
        using DownloadCase test = new(ServerAnswers.Status(status));

        WeightsDownloadException error = test.Fail<WeightsDownloadException>();

        Assert.Contains($"and put it at '{test.FilePath}', or set {WeightsDownloadOptions.MirrorVariable}", error.Message);
        Assert.AreEqual(test.Entry.Address, error.Address);
    }

    [TestMethod]
    public void Load_WeightsOfAPipeline_IsLogged()
    {
        using DownloadCase test = new(ServerAnswers.Truncated(Content, DownloadCase.Half), ServerAnswers.File(Content));
        ListLogger logger = new();
        MLContext context = new(1);
        IDataView rows = context.Data.LoadFromEnumerable([new PathRow { Image = DiscImages.WriteMany(test.Folder, 1)[0] }]);

        using MobileNetV2FeaturizerTransformer model = context.Transforms
            .MobileNetV2(new MobileNetV2FeaturizerOptions { InputColumnName = "Image", Weights = test.Open(), InputSize = 32, Logger = logger })
            .Fit(rows);
        Assert.IsEmpty(logger.Lines);
        model.Transform(rows).Preview();

        Assert.AreEqual($"Information Downloading the weights 'test' from '{test.Entry.Address}' to '{test.FilePath}'", logger.Lines[0]);
        Assert.AreEqual($"Warning The download of '{test.Entry.Address}' was interrupted after {DownloadCase.Half} bytes, and resumes", logger.Lines[1]);
        Assert.AreEqual($"Information Downloaded {Content.Length} bytes to '{test.FilePath}'", logger.Lines[^1]);
    }

    private static int ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>Answers as a server that is reached by https and redirects.</summary>
    private sealed class RedirectingHandler(Uri target) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.Found) { RequestMessage = request, Headers = { Location = target } });
    }

    private sealed class PathRow
    {
        public string Image { get; set; } = string.Empty;
    }
}
