using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>featurize</c>: the features of a folder of images, or of a shard of it, as a Parquet file.</summary>
internal sealed class FeaturizeCommand : ToolCommand
{
    private readonly Argument<string> _folder = new("folder") { Description = "A folder of images with its sub-folders; the first sub-folder on the path of an image is its label." };
    private readonly Option<string> _output = new("--output", "-o") { Description = "The Parquet file to write.", Required = true };
    private readonly Option<string> _shard = new("--shard") { Description = "Which part of the images: 2/4 is the second of four.", DefaultValueFactory = _ => Shard.Whole.ToString() };

    private readonly Option<string> _weights = new("--weights")
    {
        Description = "The network: bundled, bundled-small, a name of the catalog such as imagenet-1.0-224, or a file.",
        DefaultValueFactory = _ => WeightsChoice.Bundled,
    };

    private readonly Option<int?> _size = new("--size") { Description = "The input size in pixels. [default: that of the weights]", CustomParser = NumberParsing.ParseOptional<int> };
    private readonly Option<int> _saveEvery = new("--save-every") { Description = "How many images may be computed again when a run is killed.", DefaultValueFactory = _ => FeatureFile.RowsPerGroup, CustomParser = NumberParsing.Parse<int> };
    private readonly Option<bool> _resume = new("--resume") { Description = "Go on where a run before ended or was killed; begin where there was none." };
    private readonly Option<bool> _strict = new("--strict") { Description = "Fail at the first image that cannot be read, instead of keeping a row with the error." };

    internal FeaturizeCommand()
        : base(
            "featurize",
            "Computes the features of a folder of images into a Parquet file, on as many machines as there are shards.",
            "mobilenetv2 featurize photos --output features.parquet",
            "mobilenetv2 featurize photos --output features-2-of-4.parquet --shard 2/4 --resume")
    {
        Add(_folder);
        Add(_output);
        Add(_shard);
        Add(_weights);
        Add(_size);
        Add(_saveEvery);
        Add(_resume);
        Add(_strict);
        _shard.Require(value => Shard.TryParse(value, out _), "expected two numbers such as 2/4, the first from 1 to the second");
        _saveEvery.RequireBetween(1, FeatureFile.RowsPerGroup);
        _size.Require(value => value is >= MobileNetV2Architecture.MinInputSize and <= MobileNetV2Architecture.MaxInputSize, "expected 32 to 4096");
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context) => Task.FromResult(new FeaturizeSession(Read(arguments), context).Run());

    private FeaturizeArguments Read(ParseResult arguments) => new()
    {
        Folder = arguments.GetRequiredValue(_folder),
        Output = arguments.GetRequiredValue(_output),
        Shard = Shard.TryParse(arguments.GetRequiredValue(_shard), out Shard shard) ? shard : Shard.Whole,
        Weights = arguments.GetRequiredValue(_weights),
        Size = arguments.GetValue(_size),
        SaveEvery = arguments.GetValue(_saveEvery),
        IsResumed = arguments.GetValue(_resume),
        IsStrict = arguments.GetValue(_strict),
    };
}
