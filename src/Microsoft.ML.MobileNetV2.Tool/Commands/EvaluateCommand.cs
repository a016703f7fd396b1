using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>evaluate</c>: how well a model classifies images whose classes are known.</summary>
internal sealed class EvaluateCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A model that 'train' or mlContext.Model.Save wrote." };
    private readonly Argument<string> _folder = new("folder") { Description = "A folder with one sub-folder of images a class; with --labels, what paths in the list start from." };
    private readonly Option<string?> _labels = new("--labels") { Description = "A CSV file with a path and a label in each line, instead of sub-folders." };
    private readonly Option<string?> _report = new("--report") { Description = "One HTML file to write, with confusion matrix, mistakes and activation maps; it needs no network." };
    private readonly Option<float?> _threshold = new("--threshold")
    {
        Description = "The score below which an image is rejected as unknown. [default: none is]",
        CustomParser = NumberParsing.ParseOptional<float>,
    };

    internal EvaluateCommand()
        : base(
            "evaluate",
            "Measures a model on images whose classes are known.",
            "mobilenetv2 evaluate model.zip photos/test",
            "mobilenetv2 evaluate model.zip photos/test --report report.html --json")
    {
        Add(_model);
        Add(_folder);
        Add(_labels);
        Add(_report);
        Add(_threshold);
        _threshold.Require(value => value is >= 0 and <= 1, "expected 0 to 1");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string? reportPath = arguments.GetValue(_report);
        string model = arguments.GetRequiredValue(_model);
        if (reportPath is not null)
        {
            OutputFile.RequireOther(reportPath, "--report", model);
            OutputFile.RequireWritable(reportPath, "--report", HtmlReport.MostBytes);
        }

        using ImageClassifier classifier = ModelFile.LoadClassifier(model);
        if (classifier.LabelMode == LabelMode.MultiLabel)
        {
            throw new CommandException($"'{model}' finds any number of labels in an image; a folder gives each image one. Evaluate it in a program: ImageClassifier.EvaluateLabels.");
        }

        string folder = arguments.GetRequiredValue(_folder);
        string? labels = arguments.GetValue(_labels);
        ImageDataset dataset = LabeledFolder.Read(folder, labels, context.CancellationToken);
        if (reportPath is not null)
        {
            OutputFile.RequireOther(reportPath, "--report", [labels ?? model, .. dataset.Images.Select(image => image.Image)]);
        }

        (ClassificationEvaluation evaluation, EvaluationReport? report) = context.RunWithProgress(progress =>
        {
            Measurement measurement = new(classifier, dataset, progress, context.CancellationToken);
            ClassificationEvaluation evaluated = measurement.Evaluate(arguments.GetValue(_threshold));
            return (evaluated, reportPath is null ? null : measurement.CreateReport(model, folder, evaluated));
        });
        if (evaluation.Count == 0)
        {
            throw new CommandException($"'{folder}' has nothing that '{model}' can be measured with. {evaluation.Skipped[0].Message}");
        }

        Write(evaluation, dataset, context);
        if (report is not null)
        {
            OutputFile.WriteText(reportPath!, HtmlReport.Create(report));
            context.WriteLine($"saved {reportPath} ({new FileInfo(reportPath!).Length / 1e6:0.0} MB)");
        }

        return Task.FromResult(ExitCode.Done);
    }

    private static void Write(ClassificationEvaluation evaluation, ImageDataset dataset, CommandContext context)
    {
        EvaluationText.WriteWarnings(evaluation, dataset, context);
        if (context.IsJson)
        {
            context.WriteJson(EvaluationResult.Of(evaluation), CommandJson.Default.EvaluationResult);
        }
        else
        {
            EvaluationText.Write(evaluation, context);
        }
    }
}
