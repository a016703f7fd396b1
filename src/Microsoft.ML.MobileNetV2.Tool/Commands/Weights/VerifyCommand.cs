using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights verify</c>: whether a file holds the weights of a network, and which file it is.</summary>
internal sealed class VerifyCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A safetensors, PyTorch, Keras or ONNX file." };
    private readonly Option<string?> _sha256 = new("--sha256") { Description = "The SHA-256 that the file must have, or its beginning of at least 8 digits." };

    internal VerifyCommand()
        : base("verify", "Reads every tensor of a file of weights and checks its hash.", "mobilenetv2 weights verify weights.safetensors", "mobilenetv2 weights verify weights.safetensors --sha256 0a1b2c3d")
    {
        Add(_file);
        Add(_sha256);
        _sha256.Require(value => value is { Length: >= 8 and <= 64 } && value.All(char.IsAsciiHexDigit), "expected 8 to 64 hexadecimal digits");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string file = arguments.GetRequiredValue(_file);
        WeightsResult result = WeightsResult.Of(file, WeightsChoice.FromFile(file), file);
        if (arguments.GetValue(_sha256) is { } expected && !result.Sha256!.StartsWith(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new CommandException($"'{file}': SHA-256 is {result.Sha256}; expected {expected}. It is not the file that was meant: download it again.");
        }

        WeightsText.Write(result, context);
        return Task.FromResult(ExitCode.Done);
    }
}
