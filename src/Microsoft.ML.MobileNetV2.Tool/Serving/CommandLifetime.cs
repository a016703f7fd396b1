using Microsoft.Extensions.Hosting;

namespace Microsoft.ML.MobileNetV2.Tool.Serving;

/// <summary>Leaves signals to the command.</summary>
internal sealed class CommandLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
