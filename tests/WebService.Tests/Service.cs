using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.ML.MobileNetV2;

namespace WebService.Tests;

/// <summary>Is the sample on Kestrel and a free port, in the process of the tests.</summary>
internal sealed class Service : WebApplicationFactory<Program>
{
    private readonly (string Key, string Value)[] _settings;

    internal Service(params (string Key, string Value)[] settings)
    {
        _settings = settings;
        UseKestrel(server => server.Listen(IPAddress.Loopback, port: 0));
    }

    /// <summary>Gets or sets a classifier to put around the one of the service; it gets that one.</summary>
    internal Func<IImageClassifier, IImageClassifier>? Around { get; init; }

    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        // Few words, and nobody reads them.
        builder.UseSetting("Logging:LogLevel:Default", "None");
        foreach ((string key, string value) in _settings)
        {
            builder.UseSetting(key, value);
        }

        builder.ConfigureTestServices(services =>
        {
            if (Around is not { } around)
            {
                return;
            }

            ServiceDescriptor plain = services.Single(service => service is { IsKeyedService: false } && service.ServiceType == typeof(IImageClassifier));
            services.AddSingleton(provider => around((IImageClassifier)plain.ImplementationFactory!(provider)));
        });
    }
}
