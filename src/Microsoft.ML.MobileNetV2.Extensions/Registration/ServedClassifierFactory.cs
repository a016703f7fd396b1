using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.ML.MobileNetV2.Serving;
using Microsoft.ML.MobileNetV2.Telemetry;
using Microsoft.ML.MobileNetV2.Watching;

namespace Microsoft.ML.MobileNetV2.Registration;

/// <summary>Creates what the container holds; a container without a host, a log or metrics will do.</summary>
internal static class ServedClassifierFactory
{
    internal static ServingInstruments CreateInstruments(IServiceProvider services) => new(services.GetService<IMeterFactory>(), TimeOf(services));

    internal static FileWatches CreateWatches(IServiceProvider services) => new(TimeOf(services));

    internal static ServedClassifier Create(IServiceProvider services, ClassifierName name)
    {
        ImageClassifierServiceOptions options = services.GetRequiredService<IOptionsMonitor<ImageClassifierServiceOptions>>().Get(name.Name);
        string contentRoot = services.GetService<IHostEnvironment>()?.ContentRootPath ?? Directory.GetCurrentDirectory();
        ILogger logger = (services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance).CreateLogger(ServingLog.Category);
        ServingContext context = new(
            TimeOf(services), services.GetRequiredService<FileWatches>(), services.GetRequiredService<ServingInstruments>(), logger);
        return new(name, options, new ModelSource(options, contentRoot), context);
    }

    private static TimeProvider TimeOf(IServiceProvider services) => services.GetService<TimeProvider>() ?? TimeProvider.System;
}
