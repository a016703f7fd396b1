using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace WebService.Tests;

/// <summary>What the service answers.</summary>
[TestClass]
public sealed class ClassifyTests
{
    private static readonly Uri Classify = new("/classify", UriKind.Relative);
    private static readonly Service Service = new();
    private static readonly HttpClient Client = Service.CreateClient();

    public required TestContext TestContext { get; init; }

    [ClassCleanup]
    public static void DisposeService()
    {
        Client.Dispose();
        Service.Dispose();
    }

    [TestMethod]
    [DataRow("image/png")]
    [DataRow("application/octet-stream")]
    [DataRow("image/jpeg", DisplayName = "the content counts, not what the client calls it")]
    public async Task Body_IsClassified(string mediaType)
    {
        using HttpResponseMessage response = await PostAsync(Images.Clock(mediaType));

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        JsonElement answer = await JsonAsync(response);
        Assert.AreEqual(5, answer.GetProperty("classes").GetArrayLength());
        JsonElement best = answer.GetProperty("classes")[0];
        Assert.AreEqual("analog clock", best.GetProperty("label").GetString());
        Assert.IsInRange(0.3, 1, best.GetProperty("score").GetDouble());
        Assert.IsFalse(answer.GetProperty("isUnknown").GetBoolean());
    }

    [TestMethod]
    public async Task Form_IsClassified()
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri("/classify?topK=2", UriKind.Relative), Images.Form(), TestContext.CancellationToken);

        Assert.AreEqual(HttpStatusCode.OK, response.StatusCode);
        JsonElement classes = (await JsonAsync(response)).GetProperty("classes");
        Assert.AreEqual(2, classes.GetArrayLength());
        Assert.AreEqual("analog clock", classes[0].GetProperty("label").GetString());
    }

    [TestMethod]
    public async Task FileThatIsNoImage_IsABadRequestThatSaysWhy()
    {
        using HttpResponseMessage response = await PostAsync(Images.Content("This is no image."u8.ToArray()));

        JsonElement problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.Contains("image of 17 bytes", problem.GetProperty("detail").GetString()!);
    }

    [TestMethod]
    public async Task DamagedImage_IsABadRequest()
    {
        byte[] bytes = await Images.Clock().ReadAsByteArrayAsync(TestContext.CancellationToken);

        using HttpResponseMessage response = await PostAsync(Images.Content(bytes[..(bytes.Length / 2)]));

        await ProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [TestMethod]
    public async Task EmptyBody_IsABadRequest()
    {
        using HttpResponseMessage response = await PostAsync(Images.Content([]));

        JsonElement problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.AreEqual("The request is empty; expected an image.", problem.GetProperty("detail").GetString());
    }

    [TestMethod]
    public async Task FormWithTwoFiles_IsABadRequest()
    {
        using HttpResponseMessage response = await PostAsync(Images.Form(files: 2));

        JsonElement problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.AreEqual("The form has 2 files; expected one.", problem.GetProperty("detail").GetString());
    }

    [TestMethod]
    public async Task FormThatIsCutOff_IsABadRequest()
    {
        using HttpResponseMessage response = await PostAsync(Images.Content("--part"u8.ToArray(), "multipart/form-data; boundary=part"));

        await ProblemAsync(response, HttpStatusCode.BadRequest);
    }

    [TestMethod]
    [DataRow(0)]
    [DataRow(101)]
    public async Task TopKOutOfRange_IsABadRequest(int topK)
    {
        using HttpResponseMessage response = await Client.PostAsync(new Uri($"/classify?topK={topK}", UriKind.Relative), Images.Clock(), TestContext.CancellationToken);

        JsonElement problem = await ProblemAsync(response, HttpStatusCode.BadRequest);
        Assert.IsTrue(problem.GetProperty("errors").TryGetProperty("topK", out _));
    }

    [TestMethod]
    public async Task OtherMediaType_IsRefused()
    {
        using HttpResponseMessage response = await PostAsync(Images.Clock("application/pdf"));

        await ProblemAsync(response, HttpStatusCode.UnsupportedMediaType);
    }

    [TestMethod]
    public async Task UnknownPath_IsAProblem()
    {
        using HttpResponseMessage response = await Client.GetAsync(new Uri("/other", UriKind.Relative), TestContext.CancellationToken);

        await ProblemAsync(response, HttpStatusCode.NotFound);
    }

    [TestMethod]
    public async Task Health_IsHealthy()
        => Assert.AreEqual("Healthy", await Client.GetStringAsync(new Uri("/health", UriKind.Relative), TestContext.CancellationToken));

    [TestMethod]
    public async Task OpenApi_DescribesTheRequestAndItsAnswers()
    {
        JsonElement document = await Client.GetFromJsonAsync<JsonElement>(new Uri("/openapi/v1.json", UriKind.Relative), TestContext.CancellationToken);

        JsonElement post = document.GetProperty("paths").GetProperty("/classify").GetProperty("post");
        Assert.IsTrue(post.GetProperty("requestBody").GetProperty("content").TryGetProperty("image/jpeg", out _));
        Assert.AreSequenceEqual(["200", "400", "413", "415", "429"], post.GetProperty("responses").EnumerateObject().Select(answer => answer.Name).Order(StringComparer.Ordinal));
    }

    private Task<HttpResponseMessage> PostAsync(HttpContent content) => Client.PostAsync(Classify, content, TestContext.CancellationToken);

    private Task<JsonElement> JsonAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken);

    private async Task<JsonElement> ProblemAsync(HttpResponseMessage response, HttpStatusCode status)
    {
        Assert.AreEqual(status, response.StatusCode);
        Assert.AreEqual("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        return await JsonAsync(response);
    }
}
