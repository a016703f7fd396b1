using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.MobileNetV2;

namespace WebService.Tests;

/// <summary>What the service does not take, and what it does when nobody waits any more.</summary>
[TestClass]
public sealed class LimitTests
{
    private static readonly Uri Classify = new("/classify", UriKind.Relative);

    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task UploadAboveTheLimit_IsRefusedBeforeItIsSent()
    {
        await using Service service = new(("Uploads:MaxBytes", "1000"));
        service.StartServer();
        // The client sends the body only when the server asks for it, so that its refusal cannot cut off the sending.
        using SocketsHttpHandler handler = new() { Expect100ContinueTimeout = Timeout.InfiniteTimeSpan };
        using HttpClient client = new(handler) { BaseAddress = service.ClientOptions.BaseAddress };
        using HttpRequestMessage request = new(HttpMethod.Post, Classify) { Content = Images.Content(new byte[1001]) };
        request.Headers.ExpectContinue = true;

        using HttpResponseMessage response = await client.SendAsync(request, TestContext.CancellationToken);

        Assert.AreEqual(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType!.MediaType);
    }

    [TestMethod]
    public async Task ImageWithTooManyPixels_IsABadRequest()
    {
        await using Service service = new(("ImageClassifier:MaxPixelCount", "100"));
        using HttpClient client = service.CreateClient();

        using HttpResponseMessage response = await client.PostAsync(Classify, Images.Clock(), TestContext.CancellationToken);

        Assert.AreEqual(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("100", await response.Content.ReadAsStringAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    public async Task MoreAtOnceThanAllowed_AreRefused_AndWelcomeAgainAfterwards()
    {
        await using Service service = new(("Uploads:MaxConcurrent", "1"), ("Uploads:MaxQueued", "0")) { Around = inner => new GatedClassifier(inner) };
        using HttpClient client = service.CreateClient();
        GatedClassifier gate = (GatedClassifier)service.Services.GetRequiredService<IImageClassifier>();
        Task<HttpResponseMessage> first = client.PostAsync(Classify, Images.Clock(), TestContext.CancellationToken);
        await gate.Entered.WaitAsync(TestContext.CancellationToken);

        using HttpResponseMessage second = await client.PostAsync(Classify, Images.Clock(), TestContext.CancellationToken);
        gate.Open();
        using HttpResponseMessage answerOfFirst = await first;
        using HttpResponseMessage third = await client.PostAsync(Classify, Images.Clock(), TestContext.CancellationToken);

        Assert.AreEqual(HttpStatusCode.TooManyRequests, second.StatusCode);
        Assert.AreEqual("application/problem+json", second.Content.Headers.ContentType!.MediaType);
        Assert.AreEqual(HttpStatusCode.OK, answerOfFirst.StatusCode);
        Assert.AreEqual(HttpStatusCode.OK, third.StatusCode);
    }

    [TestMethod]
    public async Task ClientThatLeaves_CancelsItsWork_WhichIsCounted()
    {
        await using Service service = new() { Around = inner => new GatedClassifier(inner) };
        using HttpClient client = service.CreateClient();
        GatedClassifier gate = (GatedClassifier)service.Services.GetRequiredService<IImageClassifier>();
        TaskCompletionSource<string?> counted = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using MeterListener listener = Listen(service, counted);
        using CancellationTokenSource leave = CancellationTokenSource.CreateLinkedTokenSource(TestContext.CancellationToken);
        Task<HttpResponseMessage> request = client.PostAsync(Classify, Images.Clock(), leave.Token);
        await gate.Entered.WaitAsync(TestContext.CancellationToken);

        await leave.CancelAsync();

        Assert.AreEqual("canceled", await counted.Task.WaitAsync(TestContext.CancellationToken));
        await Assert.ThrowsAsync<OperationCanceledException>(() => request);
    }

    /// <summary>Listens to the counter of predictions of one service.</summary>
    private static MeterListener Listen(Service service, TaskCompletionSource<string?> outcome)
    {
        IMeterFactory meters = service.Services.GetRequiredService<IMeterFactory>();
        MeterListener listener = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == meters && instrument.Name == "image_classifier.predictions")
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            foreach ((string name, object? value) in tags)
            {
                if (name == "image_classifier.outcome")
                {
                    outcome.TrySetResult((string?)value);
                }
            }
        });
        listener.Start();
        return listener;
    }
}
