using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.ML.MobileNetV2.Serving;

namespace Microsoft.ML.MobileNetV2.Registration;

/// <summary>Loads the models of all classifiers when the host starts, so that what is wrong ends the start, not the first request.</summary>
internal sealed class ClassifierStart(IServiceProvider services, IEnumerable<ClassifierName> names) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.WhenAll(
        names.Select(name => Task.Run(() => services.GetRequiredKeyedService<ServedClassifier>(name.Name).Start(), cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
