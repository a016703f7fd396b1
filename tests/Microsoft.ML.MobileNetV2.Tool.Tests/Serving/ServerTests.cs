using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tool.Serving;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Serving;

/// <summary>What surrounds the classification: the page, descriptions, headers, figures, the end.</summary>
[TestClass]
public sealed partial class ServerTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task Page_NeedsNothingFromElsewhere()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        string page = await server.Client.GetStringAsync("/", TestContext.CancellationToken);

        string[] references = [.. Reference().Matches(page).Select(match => match.Groups[1].Value)];
        Assert.AreSequenceEqual(["data:,", "style.css", "script.js", "openapi/v1.json"], references);
        foreach (string reference in references[1..])
        {
            using HttpResponseMessage response = await server.Client.GetAsync(reference, TestContext.CancellationToken);
            Assert.AreEqual(HttpStatusCode.OK, response.StatusCode, reference);
        }

        Assert.DoesNotMatchRegex("style=|<style|<script>|\\son[a-z]+=", page, "inline code, which the policy forbids");
        if (Browser.IsWanted)
        {
            await PageInBrowser.CheckAsync(server.Server.Address);
        }
    }

    [TestMethod]
    [DataRow("/", "text/html")]
    [DataRow("/style.css", "text/css")]
    [DataRow("/script.js", "text/javascript")]
    [DataRow("/v1/model", "application/json")]
    [DataRow("/v1/classify", "application/problem+json", DisplayName = "wrong method")]
    [DataRow("/nothing", "application/problem+json", DisplayName = "no such page")]
    public async Task Answers_HaveTheirTypeAndAStrictPolicy(string path, string type)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        using HttpResponseMessage response = await server.Client.GetAsync(path, TestContext.CancellationToken);

        Assert.StartsWith(type, $"{response.Content.Headers.ContentType}");
        Assert.AreEqual(SecurityHeaders.Policy, response.Headers.GetValues("Content-Security-Policy").Single());
        Assert.AreEqual("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.IsFalse(response.Headers.Contains("Server"));
    }

    [TestMethod]
    public async Task Page_Unchanged_IsNotSentAgain()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using HttpResponseMessage first = await server.Client.GetAsync("/script.js", TestContext.CancellationToken);
        using HttpRequestMessage again = new(HttpMethod.Get, "/script.js");
        again.Headers.IfNoneMatch.Add(EntityTagHeaderValue.Parse(first.Headers.ETag!.ToString()));

        using HttpResponseMessage second = await server.Client.SendAsync(again, TestContext.CancellationToken);

        Assert.AreEqual(HttpStatusCode.NotModified, second.StatusCode);
    }

    [TestMethod]
    public async Task ForeignHostName_IsRefused()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, "/v1/model");
        request.Headers.Host = "example.com";

        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.CancellationToken);

        Assert.AreEqual((HttpStatusCode.BadRequest, "application/problem+json"), (response.StatusCode, $"{response.Content.Headers.ContentType}"));
        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
        Assert.AreEqual("The request is for the host 'example.com'; this server answers for localhost, 127.0.0.1 and [::1].", problem.GetProperty("detail").GetString());
    }

    [TestMethod]
    public async Task Problem_ForAClientWithoutJson_IsPlainText()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using HttpRequestMessage request = new(HttpMethod.Get, "/<b>");
        request.Headers.Accept.ParseAdd("text/html");

        using HttpResponseMessage response = await server.Client.SendAsync(request, TestContext.CancellationToken);

        Assert.AreEqual((HttpStatusCode.NotFound, "text/plain"), (response.StatusCode, response.Content.Headers.ContentType?.MediaType));
        Assert.StartsWith("There is nothing at '/", await response.Content.ReadAsStringAsync(TestContext.CancellationToken));
    }

    [TestMethod]
    [DataRow("/nothing", "There is nothing at '/nothing'; '/openapi/v1.json' lists what there is.")]
    [DataRow("/v1/classify", "'/v1/classify' does not answer GET; expected POST.")]
    public async Task WrongPlaceOrMethod_IsAProblemInWords(string path, string detail)
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        using HttpResponseMessage response = await server.Client.GetAsync(path, TestContext.CancellationToken);

        JsonElement problem = await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);
        Assert.AreEqual(detail, problem.GetProperty("detail").GetString());
    }

    [TestMethod]
    public async Task Model_NamesClassesAndLimits()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        JsonElement model = await server.Client.GetFromJsonAsync<JsonElement>("/v1/model", TestContext.CancellationToken);

        Assert.AreSequenceEqual(["few", "many", "some"], model.GetProperty("classes").EnumerateArray().Select(name => name.GetString()));
        Assert.AreEqual(20_000_000, model.GetProperty("maxUploadBytes").GetInt64());
    }

    [TestMethod]
    public async Task Description_NamesBodyParametersAndErrors()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        JsonElement description = await server.Client.GetFromJsonAsync<JsonElement>("/openapi/v1.json", TestContext.CancellationToken);

        JsonElement paths = description.GetProperty("paths");
        Assert.AreSequenceEqual(["/v1/classify", "/v1/model"], paths.EnumerateObject().Select(path => path.Name));
        JsonElement classify = paths.GetProperty("/v1/classify").GetProperty("post");
        Assert.AreSequenceEqual(["image/*", "multipart/form-data"], classify.GetProperty("requestBody").GetProperty("content").EnumerateObject().Select(type => type.Name));
        Assert.AreSequenceEqual(["top", "explain", "label"], classify.GetProperty("parameters").EnumerateArray().Select(parameter => parameter.GetProperty("name").GetString()));
        Assert.AreSequenceEqual(["200", "400", "413", "422", "429"], classify.GetProperty("responses").EnumerateObject().Select(status => status.Name));
    }

    [TestMethod]
    public async Task Metrics_CountImages()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using ByteArrayContent content = new(File.ReadAllBytes(Path.Combine(SavedModels.Images, "00.png")));
        using HttpResponseMessage classified = await server.ClassifyAsync(content, TestContext.CancellationToken);

        string metrics = await server.Client.GetStringAsync("/metrics", TestContext.CancellationToken);

        string[] lines = [.. metrics.Split('\n').Where(line => line.Contains(server.Settings.ModelName, StringComparison.Ordinal))];
        Assert.EndsWith("} 1", lines.Single(line => line.StartsWith("mobilenetv2_classification_duration_seconds_count{", StringComparison.Ordinal)));
        Assert.EndsWith("} 1", lines.Single(line => line.StartsWith("image_classifier_model_generation{", StringComparison.Ordinal)));
        Assert.Contains("\nhttp_server_request_duration_seconds_count{", metrics);
    }

    [TestMethod]
    public async Task Stop_FinishesWhatHasBegun()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);
        using HeldContent held = new(File.ReadAllBytes(Path.Combine(SavedModels.Images, "00.png")));
        Task<HttpResponseMessage> request = server.ClassifyAsync(held, TestContext.CancellationToken);
        await held.Asked.WaitAsync(TestContext.CancellationToken);
        TaskCompletionSource stopping = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = server.Server.Stopping.Register(stopping.SetResult);

        Task stop = server.Server.StopAsync();
        await stopping.Task.WaitAsync(TestContext.CancellationToken);

        Assert.IsFalse(stop.IsCompleted);
        held.Release();
        using HttpResponseMessage response = await request;
        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        await stop;
    }

    [GeneratedRegex("(?:src|href)=\"([^\"]*)\"")]
    private static partial Regex Reference();
}
