using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Weights;

/// <summary><c>weights import</c>: a file of another program as one of this library.</summary>
internal sealed class ImportCommand : ToolCommand
{
    private readonly Argument<string> _file = new("file") { Description = "A safetensors, PyTorch, Keras or ONNX file." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The safetensors file to write.", Required = true };
    private readonly Option<bool> _half = new("--half") { Description = "Write 16-bit numbers: half the size." };

    internal ImportCommand()
        : base("import", "Reads weights of another program and writes them as safetensors, with their preprocessing.", "mobilenetv2 weights import mobilenet_v2.pth --output weights.safetensors")
    {
        Add(_file);
        Add(_output);
        Add(_half);
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string file = arguments.GetRequiredValue(_file);
        string output = arguments.GetRequiredValue(_output);
        MobileNetV2Weights weights = WeightsChoice.FromFile(file);
        OutputFile.RequireOther(output, "--output", file);
        OutputFile.RequireWritable(output, "--output", new FileInfo(file).Length);
        WeightsFile.Save(weights, output, arguments.GetValue(_half) ? TensorDataType.Float16 : TensorDataType.Float32);
        WeightsText.Write(WeightsResult.Of(weights.Description.Name, weights, output), context);
        return Task.FromResult(ExitCode.Done);
    }
}
