using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Represents a running server of a page and of an HTTP interface for one model.</summary>
internal sealed class ImageServer : IAsyncDisposable
{
    private readonly WebApplication _application;

    private ImageServer(WebApplication application) => _application = application;

    /// <summary>Gets the address with its port.</summary>
    internal Uri Address => new(_application.Urls.First());

    /// <summary>Gets a token that is canceled when the server begins to stop.</summary>
    internal CancellationToken Stopping => _application.Lifetime.ApplicationStopping;

    /// <summary>Gets the names of the classes of the current model.</summary>
    internal IReadOnlyList<string> Classes
    {
        get
        {
            using ImageClassifierLease lease = _application.Services.GetRequiredService<ServedModel>().Lease();
            return lease.Classifier.Classes;
        }
    }

    /// <summary>Loads the model and listens.</summary>
    /// <param name="settings">What is served.</param>
    /// <param name="log">Where it says what happens to the model, and what fails.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    /// <exception cref="CommandException">The port is taken, or the file is no model.</exception>
    /// <exception cref="InvalidOperationException">The model cannot be loaded for another reason.</exception>
    internal static async Task<ImageServer> StartAsync(ServerSettings settings, ILoggerProvider log, CancellationToken cancellationToken)
    {
        StartLog starting = new(log);
        WebApplication application = Create(settings, starting);
        try
        {
            await application.StartAsync(cancellationToken);
            starting.IsStarted = true;
            return new(application);
        }
        catch (Exception error)
        {
            await application.DisposeAsync();
            throw error switch
            {
                { InnerException: AddressInUseException } => PortTaken(settings, error),
                { InnerException: InvalidDataException model } => new CommandException(model.Message, error),
                _ when error.GetBaseException() is SocketException socket => NotListening(settings, socket),
                _ => error,
            };
        }
    }

    /// <summary>Accepts nothing new, and returns when all requests are answered.</summary>
    internal Task StopAsync() => _application.StopAsync(CancellationToken.None);

    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static WebApplication Create(ServerSettings settings, ILoggerProvider log)
    {
        // Empty, so that neither the environment nor files in the working folder change what the command line says.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = Directory.GetCurrentDirectory() });
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = settings.MaxUploadBytes;
            kestrel.Limits.MinRequestBodyDataRate = settings.MinUploadRate;
            kestrel.Listen(settings.Host, settings.Port);
        });
        builder.Logging.AddProvider(log)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Microsoft.ML.MobileNetV2", LogLevel.Information)
            .AddFilter("Microsoft.Extensions.Diagnostics.HealthChecks", LogLevel.None); // It would repeat a failure whenever somebody asks.
        ServerServices.Add(builder.Services, settings);
        WebApplication application = builder.Build();
        ServerPipeline.Map(application);
        return application;
    }

    private static CommandException NotListening(ServerSettings settings, SocketException error) => new(
        $"The server cannot listen on {new IPEndPoint(settings.Host, settings.Port)}: {error.Message}. Choose another --host or --port.", error);

    private static CommandException PortTaken(ServerSettings settings, Exception error) => new(
        $"{new IPEndPoint(settings.Host, settings.Port)} is in use by another program. Choose another --port, or 0 for any that is free.", error);
}
