using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights info</c>: what is known about weights, without downloading them.</summary>
internal sealed class DescribeCommand : ToolCommand
{
    private readonly Argument<string> _weights = new("weights") { Description = "A name that 'weights list' shows, or a file." };

    internal DescribeCommand()
        : base("info", "Describes weights: architecture, preprocessing, license.", "mobilenetv2 weights info imagenet-1.0-224", "mobilenetv2 weights info mobilenet_v2.safetensors") => Add(_weights);

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string name = arguments.GetRequiredValue(_weights);
        MobileNetV2Weights weights = WeightsChoice.Find(name);
        WeightsText.Write(WeightsResult.Of(name, weights, WeightsChoice.FindEntry(name) is null && File.Exists(name) ? name : null), context);
        return Task.FromResult(ExitCode.Done);
    }
}
