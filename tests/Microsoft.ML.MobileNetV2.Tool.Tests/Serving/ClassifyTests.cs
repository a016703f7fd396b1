using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Serving;

/// <summary>Images over HTTP: good ones, bad ones, too large ones.</summary>
[TestClass]
public sealed class ClassifyTests
{
    private static readonly string Image = Path.Combine(SavedModels.Images, "00.png");

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow(false, DisplayName = "the file as body")]
    [DataRow(true, DisplayName = "a form")]
    public async Task Classify_Image_ReturnsWhatTheModelPredicts(bool isForm)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using HttpContent content = isForm ? FormOf(File.ReadAllBytes(Image)) : new ByteArrayContent(File.ReadAllBytes(Image));
        using ImageClassifier classifier = ImageClassifier.Load(SavedModels.Multiclass);
        ImagePrediction expected = classifier.Predict(Image, topK: 2);

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken, "?top=2");

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
        Assert.AreEqual($"{server.Settings.ModelName}#1", answer.GetProperty("model").GetString());
        Assert.AreEqual((expected.Best.Label, expected.Best.Score), (answer.GetProperty("label").GetString(), answer.GetProperty("score").GetSingle()));
        Assert.AreSequenceEqual(
            expected.Scores.Select(score => (score.Label, score.Score)),
            answer.GetProperty("scores").EnumerateArray().Select(score => (score.GetProperty("label").GetString()!, score.GetProperty("score").GetSingle())));
        Assert.IsGreaterThan(0, answer.GetProperty("milliseconds").GetDouble());
        Assert.IsFalse(answer.TryGetProperty("explanation", out _));
    }

    [TestMethod]
    [DataRow("?explain=true", "few", DisplayName = "the best class")]
    [DataRow("?label=many", "many", DisplayName = "another class")]
    public async Task Classify_Explain_HasTheActivationMapOverTheImage(string query, string label)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using ByteArrayContent content = new(File.ReadAllBytes(Image));
        using ImageClassifier classifier = ImageClassifier.Load(SavedModels.Multiclass);

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken, query);

        JsonElement explanation = (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken)).GetProperty("explanation");
        Assert.AreEqual(label, explanation.GetProperty("label").GetString());
        Assert.AreEqual($"data:image/jpeg;base64,{Convert.ToBase64String(classifier.Explain(Image, label).DrawOverlay())}", explanation.GetProperty("overlay").GetString());
    }

    [TestMethod]
    [DataRow("", "This is no image.", 422, "the content is not an image in a format that can be read", DisplayName = "no image")]
    [DataRow("", "", 400, "The request has no image.", DisplayName = "nothing")]
    [DataRow("?top=0", "image", 400, "top is 0; expected at least 1.", DisplayName = "no class")]
    [DataRow("?top=some", "image", 400, "top is 'some'; expected a whole number.", DisplayName = "a number that is none")]
    [DataRow("?top=99999999999", "image", 400, "top is '99999999999'; expected a whole number.", DisplayName = "a number that is too large")]
    [DataRow("?explain=perhaps", "image", 400, "explain is 'perhaps'; expected true or false.", DisplayName = "neither true nor false")]
    [DataRow("?label=nobody", "image", 400, "The model has no class 'nobody'", DisplayName = "unknown class")]
    public async Task Classify_BadRequest_IsAProblemInWords(string query, string body, int status, string detail)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using ByteArrayContent content = new(body == "image" ? File.ReadAllBytes(Image) : Encoding.UTF8.GetBytes(body));

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken, query);

        await AssertProblemAsync(response, status, detail);
        Assert.DoesNotContain("error", server.Log);
    }

    [TestMethod]
    [DataRow("--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b--\r\n", "The request has no image.", DisplayName = "no file")]
    [DataRow("--b\r\nContent-Disposition: form-data; name=\"image\"; filename=\"a.png\"\r\n\r\nhal", "The form is damaged: ", DisplayName = "cut off")]
    [DataRow("no form", "The form is damaged: ", DisplayName = "no form")]
    public async Task Classify_BadForm_IsAProblemInWords(string body, string detail)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using StringContent content = new(body);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=b");

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken);

        await AssertProblemAsync(response, 400, detail);
    }

    [TestMethod]
    [DataRow(false, false, DisplayName = "the file as body")]
    [DataRow(true, false, DisplayName = "a form")]
    [DataRow(false, true, DisplayName = "a body that does not say how long it is")]
    public async Task Classify_HugeUpload_IsRefused(bool isForm, bool isChunked)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken, settings => settings with { MaxUploadBytes = 1500 });
        byte[] upload = new byte[1501];
        using HttpContent content = isForm ? FormOf(upload) : isChunked ? new StreamContent(new UnseekableStream(upload)) : new ByteArrayContent(upload);

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken);

        await AssertProblemAsync(response, 413, "The upload has more than 0.0015 MB.");
    }

    [TestMethod]
    public async Task Classify_ImageWithTooManyPixels_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken, settings => settings with { MaxPixels = 100 });
        using ByteArrayContent content = new(File.ReadAllBytes(Image));

        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken);

        await AssertProblemAsync(response, 422, "The image has more than 100 pixels. Send a smaller one, or start the server with a larger --max-pixels.");
    }

    [TestMethod]
    public async Task Classify_Aborted_MakesRoomForOthers()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken, settings => settings with { MaxConcurrency = 1 });
        using HeldContent held = new(File.ReadAllBytes(Image));
        using CancellationTokenSource abort = new();
        Task<HttpResponseMessage> first = server.ClassifyAsync(held, abort.Token);
        await held.Asked.WaitAsync(TestContext.CancellationToken);

        await abort.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => first);
        HttpStatusCode status;
        do
        {
            using ByteArrayContent content = new(File.ReadAllBytes(Image));
            using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken);
            status = response.StatusCode;
        }
        while (status == HttpStatusCode.TooManyRequests);
        Assert.AreEqual(HttpStatusCode.OK, status);
        Assert.DoesNotContain("error", server.Log);
    }

    [TestMethod]
    public async Task Classify_TooManyAtOnce_AreToldToComeBack()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken, settings => settings with { MaxConcurrency = 1 });
        using HeldContent held = new(File.ReadAllBytes(Image));
        using ByteArrayContent content = new(File.ReadAllBytes(Image));
        Task<HttpResponseMessage> first = server.ClassifyAsync(held, TestContext.CancellationToken);
        await held.Asked.WaitAsync(TestContext.CancellationToken);

        using HttpResponseMessage second = await server.ClassifyAsync(content, TestContext.CancellationToken);

        await AssertProblemAsync(second, 429, "The server is busy with 1 images at once.");
        Assert.AreEqual("1", second.Headers.GetValues("Retry-After").Single());
        held.Release();
        using HttpResponseMessage answered = await first;
        Assert.AreEqual(HttpStatusCode.OK, answered.StatusCode);
    }

    private static MultipartFormDataContent FormOf(byte[] image) => new() { { new StringContent("hello"), "note" }, { new ByteArrayContent(image), "image", "image.png" } };

    private async Task AssertProblemAsync(HttpResponseMessage response, int status, string detail)
    {
        Assert.AreEqual((status, "application/problem+json"), ((int)response.StatusCode, $"{response.Content.Headers.ContentType}"));
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
        Assert.AreEqual(status, problem.GetProperty("status").GetInt32());
        Assert.Contains(detail, problem.GetProperty("detail").GetString()!);
    }

    /// <summary>Represents a stream whose length nobody knows.</summary>
    private sealed class UnseekableStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
