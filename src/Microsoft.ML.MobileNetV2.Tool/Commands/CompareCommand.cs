using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>compare</c>: which network and size suit these images.</summary>
internal sealed class CompareCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "A folder with one sub-folder of images a class." };

    private readonly Option<string[]> _weights = new("--weights")
    {
        Description = "The networks: names that 'weights list' shows, or files.",
        DefaultValueFactory = _ => [.. WeightsChoice.BundledNames],
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int[]> _sizes = new("--sizes")
    {
        Description = "The input sizes in pixels. [default: that of each network]",
        DefaultValueFactory = _ => [],
        AllowMultipleArgumentsPerToken = true,
        CustomParser = NumberParsing.ParseAll<int>,
    };

    private readonly Option<int?> _fineTune = new("--fine-tune") { Description = "Train that many last blocks of each network, too.", CustomParser = NumberParsing.ParseOptional<int> };

    private readonly Option<double> _validationFraction = new("--validation-fraction")
    {
        Description = "The fraction of each class to measure with.",
        DefaultValueFactory = _ => 0.2,
        CustomParser = NumberParsing.Parse<double>,
    };

    private readonly Option<int> _seed = new("--seed") { Description = "The seed of the split and of the training.", DefaultValueFactory = _ => 1, CustomParser = NumberParsing.Parse<int> };
    private readonly Option<string?> _plot = new("--plot") { Description = "An SVG image to write: accuracy by multiply-adds." };

    internal CompareCommand()
        : base(
            "compare",
            "Trains on several networks and sizes, and shows what accuracy costs.",
            "mobilenetv2 compare photos --weights bundled bundled-small --sizes 128 192 224 --plot compare.svg",
            "mobilenetv2 compare photos --json")
    {
        Add(_folder);
        Add(_weights);
        Add(_sizes);
        Add(_fineTune);
        Add(_validationFraction);
        Add(_seed);
        Add(_plot);
        _sizes.Require(
            sizes => sizes.All(size => size is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize),
            $"expected sizes of {MobileNetV2Architecture.MinInputSize} to {MobileNetV2Architecture.MaxInputSize}");
        _fineTune.Require(value => value >= 1, "expected at least 1");
        _validationFraction.Require(value => value is > 0 and < 1, "expected above 0, below 1");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string? plot = arguments.GetValue(_plot);
        if (plot is not null)
        {
            OutputFile.RequireWritable(plot, "--plot");
        }

        string[] weights = arguments.GetRequiredValue(_weights);
        Candidate[] candidates = [.. Candidate.Create(weights, arguments.GetRequiredValue(_sizes))];
        string folder = arguments.GetRequiredValue(_folder);
        ImageDataset all = LabeledFolder.Read(folder, list: null, context.CancellationToken);
        LabeledFolder.RequireTwoClasses(all, folder);
        if (plot is not null)
        {
            OutputFile.RequireOther(plot, "--plot", [.. weights.SelectMany(WeightsChoice.FilesOf), .. all.Images.Select(image => image.Image)]);
        }

        // The same file twice would be trained on and measured with.
        IReadOnlyDictionary<string, string> contents = FileContents.Find(all.Images.Select(image => image.Image), context.CancellationToken);
        (ImageDataset train, ImageDataset test, IReadOnlyList<string> unmeasured) =
            HeldOutImages.Split(all, arguments.GetValue(_validationFraction), arguments.GetValue(_seed), contents);
        Trial trial = new(train, test, arguments.GetValue(_seed), arguments.GetValue(_fineTune));
        List<ComparisonRow> rows = context.RunWithProgress(progress => Run(trial, candidates, progress, context));
        Warnings.Write([.. all.Problems.Select(problem => problem.Message), .. unmeasured, .. trial.Problems.Select(message => $"left out {message}")], context);
        ComparisonRow[] marked = ParetoFront.Mark(rows);
        ComparisonText.Write(marked, context);
        if (plot is not null)
        {
            OutputFile.WriteText(plot, ComparisonText.Draw(marked));
            context.WriteLine($"saved {plot}");
        }

        return Task.FromResult(rows.Count == candidates.Length ? ExitCode.Done : ExitCode.Failed);
    }

    /// <summary>Returns a row for each candidate; where the command is canceled, for those that were done by then.</summary>
    private static List<ComparisonRow> Run(Trial trial, Candidate[] candidates, IWorkProgress progress, CommandContext context)
    {
        List<ComparisonRow> rows = [];
        try
        {
            foreach (Candidate candidate in candidates)
            {
                rows.Add(trial.Run(candidate, progress, context.CancellationToken));
                context.WriteLine($"{candidate.Name}: {rows[^1].Accuracy:0.0 %}");
            }
        }
        catch (OperationCanceledException) when (rows.Count > 0)
        {
            context.Error.WriteLine($"canceled; {rows.Count} of {candidates.Length} were compared");
        }

        return rows;
    }
}
