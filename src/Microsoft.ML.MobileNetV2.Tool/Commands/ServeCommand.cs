using System.CommandLine;
using System.Net;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Serving;
using Microsoft.ML.MobileNetV2.Tool.Serving.Answers;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>serve</c>: a page and an HTTP interface for a model on this machine, until Ctrl+C.</summary>
internal sealed class ServeCommand : ToolCommand
{
    private const int LargestPort = 65535;
    private const int MostUploadMegabytes = 1000;
    private const int MostConcurrency = 1024;
    private const long BytesPerMegabyte = 1_000_000;
    private const string LocalHost = "localhost";

    private readonly Argument<string> _model = new("model") { Description = "A model that 'train' or mlContext.Model.Save wrote. It is loaded again when the file changes." };

    private readonly Option<int> _port = new("--port") { Description = "The port; 0 for any that is free.", DefaultValueFactory = _ => ServerSettings.DefaultPort, CustomParser = NumberParsing.Parse<int> };

    private readonly Option<string> _host = new("--host")
    {
        Description = "The IP address to listen on. Others than 127.0.0.1 let other machines send images.",
        DefaultValueFactory = _ => LocalHost,
    };

    private readonly Option<int> _maxUpload = new("--max-upload-mb")
    {
        Description = "The largest upload in megabytes.",
        DefaultValueFactory = _ => ServerSettings.DefaultMaxUploadMegabytes,
        CustomParser = NumberParsing.Parse<int>,
    };

    private readonly Option<long> _maxPixels = new("--max-pixels")
    {
        Description = "The largest number of pixels of an image; each takes four bytes while it is decoded.",
        DefaultValueFactory = _ => ServerSettings.DefaultMaxPixels,
        CustomParser = NumberParsing.Parse<long>,
    };

    private readonly Option<int> _maxConcurrency = new("--max-concurrency")
    {
        Description = "How many images are received and classified at once; further ones are refused with status 429.",
        DefaultValueFactory = _ => ServerSettings.DefaultMaxConcurrency,
        CustomParser = NumberParsing.Parse<int>,
    };

    internal ServeCommand()
        : base("serve", "Shows a page on this machine that classifies images, and answers programs over HTTP.", "mobilenetv2 serve model.zip", "mobilenetv2 serve model.zip --port 0 --json")
    {
        Add(_model);
        Add(_port);
        Add(_host);
        Add(_maxUpload);
        Add(_maxPixels);
        Add(_maxConcurrency);
        _port.RequireBetween(0, LargestPort);
        _maxUpload.RequireBetween(1, MostUploadMegabytes);
        _maxPixels.RequireAtLeast(1);
        _maxConcurrency.RequireBetween(1, MostConcurrency);
    }

    /// <inheritdoc/>
    internal override async Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        ServerSettings settings = SettingsOf(arguments);
        if (!IPAddress.IsLoopback(settings.Host))
        {
            context.Warn($"--host {settings.Host} lets everyone who reaches this machine send images and see the names of the classes, without encryption or password.");
        }

        ModelFile.RequireExisting(settings.ModelPath);
        using ServerLog log = new(context.Error, context.IsVerbose);
        await using ImageServer server = await ImageServer.StartAsync(settings, log, context.CancellationToken);
        Announce(server, settings, context);
        await WaitAsync(context.CancellationToken);
        context.Error.WriteLine("stopping: finishing what has begun");
        await server.StopAsync();
        return ExitCode.Done;
    }

    private ServerSettings SettingsOf(ParseResult arguments) => new(arguments.GetRequiredValue(_model))
    {
        Host = AddressOf(arguments.GetRequiredValue(_host)),
        Port = arguments.GetValue(_port),
        MaxUploadBytes = arguments.GetValue(_maxUpload) * BytesPerMegabyte,
        MaxPixels = arguments.GetValue(_maxPixels),
        MaxConcurrency = arguments.GetValue(_maxConcurrency),
    };

    private static IPAddress AddressOf(string host) => host == LocalHost
        ? IPAddress.Loopback
        : IPAddress.TryParse(host, out IPAddress? address) ? address : throw CommandException.ForUsage($"--host is {host}; expected an IP address, such as 127.0.0.1 or 0.0.0.0.");

    private static void Announce(ImageServer server, ServerSettings settings, CommandContext context)
    {
        string url = server.Address.AbsoluteUri;
        int classes = server.Classes.Count;
        if (context.IsJson)
        {
            context.WriteJson(new StartAnswer(url, settings.ModelPath, classes), ServingJson.Default.StartAnswer);
        }
        else
        {
            context.WriteLine(FormattableString.Invariant($"{settings.ModelPath}, {classes} classes: open {url} — Ctrl+C ends"));
        }
    }

    /// <summary>Returns when a token is canceled.</summary>
    private static async Task WaitAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource canceled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using CancellationTokenRegistration registration = cancellationToken.Register(canceled.SetResult);
        await canceled.Task;
    }
}
