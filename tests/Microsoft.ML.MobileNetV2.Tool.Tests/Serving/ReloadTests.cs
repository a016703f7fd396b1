using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Serving;
using Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.Serving;

/// <summary>A model file that changes while it is served.</summary>
[TestClass]
public sealed class ReloadTests
{
    public required TestContext TestContext { get; init; }

    [TestMethod]
    public async Task GoodFile_AnswersFromThenOn()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        server.Replace(SavedModels.PathOf("classscores.zip"));
        JsonElement health = await server.WaitForHealthAsync(state => state.GetProperty("generation").GetInt32() == 2, TestContext.CancellationToken);

        Assert.AreEqual("Healthy", health.GetProperty("status").GetString());
        Assert.AreEqual($"{server.Settings.ModelName}#2", await ClassifyAsync(server));
    }

    [TestMethod]
    public async Task BadFile_LeavesTheModelInUseAndSaysSo()
    {
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken);

        await File.WriteAllTextAsync(server.Settings.ModelPath, "This is no model.", TestContext.CancellationToken);
        JsonElement bad = await server.WaitForHealthAsync(state => state.GetProperty("status").GetString() == "Degraded", TestContext.CancellationToken);
        string? model = await ClassifyAsync(server);
        server.Replace(SavedModels.Multiclass);
        JsonElement good = await server.WaitForHealthAsync(state => state.GetProperty("status").GetString() == "Healthy", TestContext.CancellationToken);

        Assert.Contains($"'{server.Settings.ModelPath}' has changed and cannot be loaded", bad.GetProperty("detail").GetString()!);
        Assert.AreEqual($"{server.Settings.ModelName}#1", model);
        Assert.Contains($"'{server.Settings.ModelPath}' has changed and cannot be loaded; generation 1 stays in use: ", server.Log);
        Assert.DoesNotContain("Health check", server.Log, "a line for each question");
        Assert.AreEqual(2, good.GetProperty("generation").GetInt32());
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task FolderSwappedByALink_AnswersFromThenOn()
    {
        using TemporaryFolder volume = new();
        string model = KubernetesVolume.Create(volume, SavedModels.Multiclass);
        await using RunningServer server = await RunningServer.StartAsync(TestContext.CancellationToken, settings => settings with { ModelPath = model });

        foreach ((int index, string name) in new[] { "classscores.zip", "multiclass.zip", "classscores.zip" }.Index())
        {
            string next = SavedModels.PathOf(name);
            using ImageClassifier expected = ImageClassifier.Load(next);
            KubernetesVolume.Swap(volume, next, version: index + 2);
            while (!expected.Classes.SequenceEqual(await ClassesAsync(server)))
            {
                TestContext.CancellationToken.ThrowIfCancellationRequested();
            }
        }
    }

    private async Task<IEnumerable<string?>> ClassesAsync(RunningServer server)
    {
        JsonElement model = await server.Client.GetFromJsonAsync<JsonElement>(ServerPipeline.ModelPath, TestContext.CancellationToken);
        return model.GetProperty("classes").EnumerateArray().Select(name => name.GetString());
    }

    private async Task<string?> ClassifyAsync(RunningServer server)
    {
        using ByteArrayContent content = new(await File.ReadAllBytesAsync(Path.Combine(SavedModels.Images, "00.png"), TestContext.CancellationToken));
        using HttpResponseMessage response = await server.ClassifyAsync(content, TestContext.CancellationToken);
        return (await response.Content.ReadFromJsonAsync<JsonElement>(TestContext.CancellationToken)).GetProperty("model").GetString();
    }
}
