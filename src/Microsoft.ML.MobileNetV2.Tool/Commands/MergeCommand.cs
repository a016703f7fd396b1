using System.CommandLine;
using Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands;

/// <summary><c>merge</c>: one feature file of all shards.</summary>
internal sealed class MergeCommand : ToolCommand
{
    private readonly Argument<string> _output = new("output") { Description = "The Parquet file to write." };
    private readonly Argument<string[]> _shards = new("shards") { Description = "The files of all shards, in any order.", Arity = ArgumentArity.OneOrMore };

    internal MergeCommand()
        : base("merge", "Makes one feature file of all shards, in the order of paths.", "mobilenetv2 merge features.parquet features-1-of-2.parquet features-2-of-2.parquet")
    {
        Add(_output);
        Add(_shards);
    }

    /// <inheritdoc/>
    internal override Task<int> RunAsync(ParseResult arguments, CommandContext context)
    {
        string output = arguments.GetRequiredValue(_output);
        List<FeatureFileReader> shards = [];
        try
        {
            Array.ForEach(arguments.GetRequiredValue(_shards), shard => OutputFile.RequireOther(output, "output", shard));
            shards.AddRange(arguments.GetRequiredValue(_shards).Select(shard => FeatureFileReader.Open(shard, context.CancellationToken)));
            FeatureMerge.RequireComplete(shards);
            OutputFile.RequireWritable(output, "output", shards.Sum(shard => new FileInfo(shard.Path).Length));
            context.RunWithProgress(progress =>
            {
                OutputFile.Write(output, stream => FeatureMerge.Write(stream, shards, progress, context.CancellationToken));
                return true;
            });
            Report(new(output, shards.Count, shards.Sum(shard => shard.RowCount), shards[0].Metadata.FeatureCount), context);
            return Task.FromResult(ExitCode.Done);
        }
        finally
        {
            shards.ForEach(shard => shard.Dispose());
        }
    }

    private static void Report(MergeResult result, CommandContext context)
    {
        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.MergeResult);
            return;
        }

        context.WriteLine($"saved {result.Output}: {result.Count} rows of {result.Features} features from {result.Shards} {(result.Shards == 1 ? "shard" : "shards")}");
    }
}
