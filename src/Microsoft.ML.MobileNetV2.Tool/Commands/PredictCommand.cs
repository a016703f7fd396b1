using System.CommandLine;
using System.Globalization;
using Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>predict</c>: the best classes of each image, a line an image.</summary>
internal sealed class PredictCommand : ToolCommand
{
    private readonly Argument<string> _model = new("model") { Description = "A model that 'train' or mlContext.Model.Save wrote." };

    private readonly Argument<string[]> _images = new("images")
    {
        Description = "Image files, or folders of images with their sub-folders.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<int> _top = new("--top") { Description = "How many classes to name for each image.", DefaultValueFactory = _ => 5, CustomParser = NumberParsing.Parse<int> };

    private readonly Option<string?> _explain = new("--explain") { Description = "A folder to write each image to, with what in it spoke for the best class." };

    internal PredictCommand()
        : base("predict", "Names the best classes of each image, one line an image.", "mobilenetv2 predict model.zip photos --top 3", "mobilenetv2 predict model.zip cat.jpg --json", "mobilenetv2 predict model.zip photos --explain maps")
    {
        Add(_model);
        Add(_images);
        Add(_top);
        Add(_explain);
        _top.RequireAtLeast(1);
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        using ImageClassifier classifier = ModelFile.LoadClassifier(arguments.GetRequiredValue(_model));
        IReadOnlyList<string> paths = ImagePaths.List(arguments.GetRequiredValue(_images), context.Warn, context.CancellationToken);
        ExplanationFolder? explanations = arguments.GetValue(_explain) is { } folder ? ExplanationFolder.Create(folder) : null;
        IEnumerable<PredictionResult> results = classifier.Predict(paths, arguments.GetValue(_top), context.CancellationToken)
            .Select(result => PredictionResult.Of(paths[(int)result.Index], result))
            .Select(result => explanations?.Add(classifier, result) ?? result);
        return Task.FromResult((context.IsJson ? WriteJson(results, context) : WriteLines(results, context)) ? ExitCode.Done : ExitCode.Failed);
    }

    /// <summary>Writes an array with a line an image. It ends as an array whatever ends the command.</summary>
    /// <returns>Whether all images could be read.</returns>
    private static bool WriteJson(IEnumerable<PredictionResult> results, CommandContext context)
    {
        string separator = "\n";
        bool isComplete = true;
        context.WriteOutput("[");
        try
        {
            foreach (PredictionResult result in results)
            {
                context.WriteOutput(separator + CommandContext.ToJson(result, CommandJson.Default.PredictionResult, isIndented: false));
                separator = ",\n";
                isComplete &= result.Error is null;
            }
        }
        finally
        {
            context.WriteOutput("\n]\n");
        }

        return isComplete;
    }

    private static bool WriteLines(IEnumerable<PredictionResult> results, CommandContext context)
    {
        bool isComplete = true;
        foreach (PredictionResult result in results)
        {
            if (result.Error is { } error)
            {
                isComplete = false;
                context.Error.WriteLine(Printable.LineOf($"error: {error}"));
            }
            else
            {
                context.WriteLine(string.Join('\t', result.Scores!.Select(Format).Prepend(Printable.LineOf(result.Path))));
            }
        }

        return isComplete;
    }

    private static string Format(ScoreResult score) => string.Create(CultureInfo.InvariantCulture, $"{Printable.LineOf(score.Label)} {score.Score:0.0 %}");
}
