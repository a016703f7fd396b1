using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Training;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>train</c>: a model from a folder of images.</summary>
internal sealed class TrainCommand : ToolCommand
{
    private const string Balanced = "balanced";
    private const string AllBlocks = "all";

    private readonly Argument<string?> _folder = new("folder")
    {
        Description = "A folder with one sub-folder of images a class; with --labels, what paths in the list start from.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<string?> _features = new("--features") { Description = "A file that 'featurize' wrote, instead of the folder: then only the head is trained." };
    private readonly Option<string> _model = new("--model", "-m") { Description = "The .zip to write.", Required = true };
    private readonly Option<string?> _labels = new("--labels") { Description = "A CSV file with a path and a label in each line, instead of sub-folders." };
    private readonly Option<string?> _validation = new("--validation") { Description = "A folder like the first one, to measure with." };

    private readonly Option<double> _validationFraction = new("--validation-fraction")
    {
        Description = "The fraction of each class to measure with instead; 0 trains on everything.",
        DefaultValueFactory = _ => 0.2,
        CustomParser = NumberParsing.Parse<double>,
    };

    private readonly Option<string> _weights = new("--weights")
    {
        Description = "The network: bundled, bundled-small, a name of the catalog such as imagenet-1.0-224, or a file.",
        DefaultValueFactory = _ => WeightsChoice.Bundled,
    };

    private readonly Option<int?> _size = new("--size") { Description = "The input size in pixels. [default: that of the weights]", CustomParser = NumberParsing.ParseOptional<int> };
    private readonly Option<int?> _epochs = new("--epochs") { Description = "How often every image is seen. [default: by the number of images; 12 with --fine-tune]", CustomParser = NumberParsing.ParseOptional<int> };
    private readonly Option<bool> _augment = new("--augment") { Description = "Train on random views of the images, too." };
    private readonly Option<string?> _fineTune = new("--fine-tune") { Description = "Train the last blocks of the network, too: their number (5 is a good start), or 'all'." };
    private readonly Option<string?> _classWeights = new("--class-weights") { Description = "'balanced': each class counts the same, however many images it has." };
    private readonly Option<bool> _calibrate = new("--calibrate") { Description = "Fit a temperature on the validation images, so that scores are as often right as they say." };
    private readonly Option<int> _seed = new("--seed") { Description = "The seed of the split and of the training.", DefaultValueFactory = _ => 1, CustomParser = NumberParsing.Parse<int> };
    private readonly Option<string?> _cache = new("--cache") { Description = "A folder that keeps the features of images, for the next training." };
    private readonly Option<string?> _continueFrom = new("--continue-from") { Description = "A model to go on from; the network is then its own." };
    private readonly Option<string?> _runFolder = new("--run-folder") { Description = "A folder for the options, the history with its curves, and a report about the validation images." };

    internal TrainCommand()
        : base(
            "train",
            "Trains a model on a folder that has one sub-folder of images a class.",
            "mobilenetv2 train photos --model model.zip",
            "mobilenetv2 train photos --model model.zip --fine-tune 5 --run-folder runs/1",
            "mobilenetv2 train photos --labels labels.csv --model model.zip --json",
            "mobilenetv2 train --features features.parquet --model model.zip")
    {
        Add(_folder);
        foreach (Option option in (Option[])
        [
            _features, _model, _labels, _validation, _validationFraction, _weights, _size, _epochs, _augment, _fineTune, _classWeights, _calibrate, _seed, _cache, _continueFrom, _runFolder,
        ])
        {
            Add(option);
        }

        _model.Require(value => !value.EndsWith(".onnx", StringComparison.OrdinalIgnoreCase), $"expected a .zip; '{CommandNames.Tool} export' makes ONNX of it");
        _validationFraction.Require(value => value is >= 0 and < 1, "expected at least 0, below 1");
        _size.Require(value => value is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize, "expected 32 to 4096");
        _epochs.Require(value => value >= 1, "expected at least 1");
        _fineTune.Require(value => ParseBlocks(value!) is not null, "expected a number of blocks from 1 on, or 'all'");
        _classWeights.Require(value => value == Balanced, "expected 'balanced'");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        RefuseTogether(arguments, _validation, _validationFraction, "Both say what to measure with.");
        RefuseTogether(arguments, _continueFrom, _weights, "The model has its own network.");
        RefuseTogether(arguments, _continueFrom, _size, "The model has its own input size.");
        if (arguments.GetValue(_calibrate) && arguments.GetValue(_validation) is null && arguments.GetValue(_validationFraction) == 0)
        {
            throw CommandException.ForUsage("--calibrate needs images to measure with. Leave out --validation-fraction 0, or give a folder as --validation.");
        }

        if (arguments.GetValue(_features) is null)
        {
            _ = arguments.GetValue(_folder) ?? throw CommandException.ForUsage("There is nothing to train on. Give a folder of images, or --features.");
            return Task.FromResult(new TrainingSession(Read(arguments), context).Run());
        }

        RequireHeadAlone(arguments);
        return Task.FromResult(new FeatureTraining(Read(arguments), context).Run());
    }

    /// <summary>Refuses what ready features leave no room for.</summary>
    private void RequireHeadAlone(ParseResult arguments)
    {
        if (arguments.GetValue(_folder) is not null)
        {
            throw CommandException.ForUsage("A folder and --features do not go together. Leave one of them out.");
        }

        foreach (Option option in (Option[])[_labels, _validation, _size, _augment, _fineTune, _cache, _continueFrom])
        {
            RefuseTogether(arguments, _features, option, "The features are computed already.");
        }
    }

    private TrainingArguments Read(ParseResult arguments) => new()
    {
        Folder = arguments.GetValue(_folder) ?? string.Empty,
        Features = arguments.GetValue(_features),
        Model = arguments.GetRequiredValue(_model),
        Labels = arguments.GetValue(_labels),
        Validation = arguments.GetValue(_validation),
        ValidationFraction = arguments.GetValue(_validationFraction),
        Weights = arguments.GetRequiredValue(_weights),
        Size = arguments.GetValue(_size),
        Epochs = arguments.GetValue(_epochs),
        Augment = arguments.GetValue(_augment),
        FineTune = arguments.GetValue(_fineTune) is { } blocks ? ParseBlocks(blocks) : null,
        IsBalanced = arguments.GetValue(_classWeights) is not null,
        Calibrate = arguments.GetValue(_calibrate),
        Seed = arguments.GetValue(_seed),
        Cache = arguments.GetValue(_cache),
        ContinueFrom = arguments.GetValue(_continueFrom),
        RunFolder = arguments.GetValue(_runFolder),
    };

    private static int? ParseBlocks(string text) => text == AllBlocks ? FineTuningOptions.AllBlocks : int.TryParse(text, out int blocks) && blocks >= 1 ? blocks : null;

    private static void RefuseTogether(ParseResult arguments, Option first, Option second, string reason)
    {
        if (IsGiven(first) && IsGiven(second))
        {
            throw CommandException.ForUsage($"{first.Name} and {second.Name} do not go together. {reason}");
        }

        bool IsGiven(Option option) => arguments.GetResult(option) is { Implicit: false };
    }
}
