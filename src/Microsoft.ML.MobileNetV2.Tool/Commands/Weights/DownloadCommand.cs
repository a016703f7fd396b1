using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights download</c>: fetches weights now, so that later commands need no network.</summary>
internal sealed class DownloadCommand : ToolCommand
{
    private readonly Argument<string> _name = new("name") { Description = "A name that 'weights list' shows." };

    internal DownloadCommand()
        : base("download", "Downloads weights into the cache, so that later commands need no network.", "mobilenetv2 weights download imagenet-1.0-224") => Add(_name);

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string name = arguments.GetRequiredValue(_name);
        if (WeightsChoice.FindEntry(name) is not { } entry)
        {
            string reason = WeightsChoice.BundledNames.Contains(name) ? "is part of the command already" : "is no name of the catalog";
            throw new CommandException($"'{name}' {reason}. '{CommandNames.Tool} weights list' shows what can be downloaded.");
        }

        MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(entry);
        context.RunWithProgress(progress =>
        {
            WeightsLoading.Load(weights, progress, context.CancellationToken);
            return weights;
        });
        WeightsText.Write(WeightsResult.Of(entry.Name, weights), context);
        return Task.FromResult(ExitCode.Done);
    }
}
