using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>clean</c>: what a person should look at before training.</summary>
internal sealed class CleanCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "A folder with one sub-folder of images a class; with --labels, what paths in the list start from." };
    private readonly Option<string?> _labels = new("--labels") { Description = "A CSV file with a path and a label in each line, instead of sub-folders." };

    private readonly Option<string> _weights = new("--weights")
    {
        Description = "The network to look with: a name that 'weights list' shows, or a file.",
        DefaultValueFactory = _ => WeightsChoice.Bundled,
    };

    private readonly Option<float> _similarity = new("--similarity")
    {
        Description = "From how much likeness on two images count as the same, up to 1.",
        DefaultValueFactory = _ => NearDuplicates.DefaultMinSimilarity,
        CustomParser = NumberParsing.Parse<float>,
    };

    internal CleanCommand()
        : base(
            "clean",
            "Lists duplicates, unreadable images and likely wrong labels. Nothing is changed or deleted.",
            "mobilenetv2 clean photos",
            "mobilenetv2 clean photos --similarity 0.9 --json")
    {
        Add(_folder);
        Add(_labels);
        Add(_weights);
        Add(_similarity);
        _similarity.Require(value => value is > 0 and <= 1, "expected above 0, at most 1");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        MobileNetV2Weights weights = WeightsChoice.Find(arguments.GetRequiredValue(_weights));
        string folder = arguments.GetRequiredValue(_folder);
        ImageDataset dataset = LabeledFolder.Read(folder, arguments.GetValue(_labels), context.CancellationToken);
        CleaningResult result = context.RunWithProgress(progress =>
        {
            WeightsLoading.Load(weights, progress, context.CancellationToken);
            return Inspection.Run(dataset, weights, arguments.GetValue(_similarity), progress, context.CancellationToken);
        });
        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.CleaningResult);
        }
        else
        {
            CleaningText.Write(result, context);
        }

        return Task.FromResult(ExitCode.Done);
    }
}
