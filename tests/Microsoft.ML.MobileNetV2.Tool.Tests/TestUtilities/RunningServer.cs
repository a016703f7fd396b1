using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.ML.MobileNetV2.Tool.Serving;

namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Represents a server of a model file of its own, with a client. Its requests may take as long as they want.</summary>
internal sealed class RunningServer : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;
    private readonly StringWriter _log;
    private readonly ServerLog _provider;

    private RunningServer(TemporaryFolder folder, StringWriter log, ServerLog provider, ServerSettings settings, ImageServer server)
    {
        (_folder, _log, _provider, Settings, Server) = (folder, log, provider, settings, server);
        Client = CreateClient(server.Address);
    }

    internal ServerSettings Settings { get; }

    internal ImageServer Server { get; }

    internal HttpClient Client { get; }

    /// <summary>Gets what the server wrote to the standard error.</summary>
    internal string Log => _log.ToString();

    internal static async Task<RunningServer> StartAsync(CancellationToken end, Func<ServerSettings, ServerSettings>? change = null)
    {
        TemporaryFolder folder = new();

        // The name tells this server's metrics from those of others in the process.
        string model = folder.PathOf($"{Guid.NewGuid():N}.zip");
        File.Copy(SavedModels.Multiclass, model);
        ServerSettings settings = new(model) { Port = 0, MinUploadRate = null, DrainTime = Timeout.InfiniteTimeSpan, ReloadDelay = TimeSpan.FromMilliseconds(1) };
        settings = change?.Invoke(settings) ?? settings;
        StringWriter log = new();
        ServerLog provider = new(TextWriter.Synchronized(log), isVerbose: false);
        return new(folder, log, provider, settings, await ImageServer.StartAsync(settings, provider, end));
    }

    /// <summary>Returns a client that sends a body with the header Expect only when the server asks for it.</summary>
    internal static HttpClient CreateClient(Uri address) =>
        new(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = Timeout.InfiniteTimeSpan }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    /// <summary>Classifies an image.</summary>
    internal async Task<HttpResponseMessage> ClassifyAsync(HttpContent content, CancellationToken end, string query = "")
    {
        using HttpRequestMessage request = new(HttpMethod.Post, ServerPipeline.ClassifyPath + query) { Content = content };
        request.Headers.ExpectContinue = true;
        return await Client.SendAsync(request, end);
    }

    /// <summary>Returns the state when a condition holds for it.</summary>
    internal async Task<JsonElement> WaitForHealthAsync(Func<JsonElement, bool> condition, CancellationToken end)
    {
        JsonElement health;
        do
        {
            health = await Client.GetFromJsonAsync<JsonElement>(ServerPipeline.HealthPath, end);
        }
        while (!condition(health));
        return health;
    }

    /// <summary>Puts another file in the model's place, at once.</summary>
    internal void Replace(string path)
    {
        string copy = _folder.PathOf("copy");
        File.Copy(path, copy);
        File.Move(copy, Settings.ModelPath, overwrite: true);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Server.DisposeAsync();
        _provider.Dispose();
        await _log.DisposeAsync();
        _folder.Dispose();
    }
}
