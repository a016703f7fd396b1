using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Export;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>export</c>: a model as one ONNX file.</summary>
internal sealed class ExportCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A model that 'train' or mlContext.Model.Save wrote." };
    private readonly Option<string> _onnx = new("--onnx") { Description = "The ONNX file to write.", Required = true };

    internal ExportCommand()
        : base("export", "Writes a model as one ONNX file, which needs this library no more.", "mobilenetv2 export model.zip --onnx model.onnx")
    {
        Add(_model);
        Add(_onnx);
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string model = arguments.GetRequiredValue(_model);
        string onnx = arguments.GetRequiredValue(_onnx);
        using ImageClassifier classifier = ModelFile.LoadClassifier(model);
        OutputFile.RequireOther(onnx, "--onnx", model);
        OutputFile.RequireWritable(onnx, "--onnx", new FileInfo(model).Length);
        classifier.SaveAsOnnx(onnx);
        ExportResult result = new(onnx, new FileInfo(onnx).Length, classifier.Classes);
        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.ExportResult);
        }
        else
        {
            string outputs = classifier.LabelMode == LabelMode.MultiLabel ? "'scores' and 'labels'" : "'scores', 'labels' and 'predicted_label'";
            context.WriteLine($"saved {onnx} ({result.Bytes / 1e6:0.0} MB, {result.Classes.Count} classes): input 'image', outputs {outputs}");
        }

        return Task.FromResult(ExitCode.Done);
    }
}
