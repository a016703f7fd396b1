using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Featurization;

/// <summary>Computes a feature file.</summary>
internal sealed class FeaturizeSession(FeaturizeArguments arguments, CommandContext context)
{
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs the session.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        // What can be wrong is found before the long work begins.
        ImageSet images = ImageSet.Find(arguments.Folder, arguments.Shard, context.Warn, context.CancellationToken);
        MobileNetV2Weights weights = WeightsChoice.Find(arguments.Weights);
        OutputFile.RequireOther(arguments.Output, "--output", WeightsChoice.FilesOf(arguments.Weights));
        images.RequireOther(arguments.Output, "--output");
        OutputFile.RequireWritable(arguments.Output, "--output", EstimateLength(images, weights));
        Report(context.RunWithProgress(progress => Compute(images, weights, progress)));
        return ExitCode.Done;
    }

    /// <summary>Computes the file where it is not there.</summary>
    private FeaturizeResult Compute(ImageSet images, MobileNetV2Weights weights, IWorkProgress progress)
    {
        WeightsLoading.Load(weights, progress, context.CancellationToken);
        using MobileNetV2Engine engine = new(new() { Weights = weights, InputSize = arguments.Size });
        FeatureMetadata metadata = FeatureSource.Describe(weights, engine.Preprocessing, arguments.Shard);
        if (FindUnreadable(metadata, images) is { } unreadable)
        {
            return CreateResult(images, metadata, unreadable, computed: 0);
        }

        using FeatureParts parts = FeatureParts.Open(arguments.Output, metadata, images, arguments.IsResumed, context.CancellationToken);
        int first = parts.RowCount;
        try
        {
            new FeatureRun(engine, images, parts, arguments.SaveEvery, ReportUnreadable).Compute(progress, context.CancellationToken);
            parts.Complete();
        }
        catch
        {
            ReportKept(parts, images);
            throw;
        }

        return CreateResult(images, metadata, parts.UnreadableCount, images.Paths.Count - first);
    }

    /// <summary>Returns the number of unreadable images where a resumed run had ended already, so that it can be repeated; otherwise null.</summary>
    private int? FindUnreadable(FeatureMetadata metadata, ImageSet images)
    {
        if (!arguments.IsResumed || Directory.Exists(PartsFolder.PathFor(arguments.Output)) || !File.Exists(arguments.Output))
        {
            return null;
        }

        FinishedRun finished = FinishedRun.Read(arguments.Output, metadata, images, context.CancellationToken);
        if (finished.Changed is { } changed)
        {
            context.Warn($"'{images.LocationOf(changed)}' changed since '{arguments.Output}' was written: all rows are computed again.");
            return null;
        }

        return finished.UnreadableCount;
    }

    private void ReportKept(FeatureParts parts, ImageSet images)
    {
        if (parts.RowCount > 0)
        {
            context.Error.WriteLine($"{parts.RowCount} of {images.Paths.Count} rows are kept in '{PartsFolder.PathFor(arguments.Output)}'; --resume goes on from there");
        }
    }

    private void ReportUnreadable(string message)
    {
        if (arguments.IsStrict)
        {
            throw new CommandException($"{message} Without --strict, its row has the error instead of features.");
        }

        context.Warn(message);
    }

    private static long EstimateLength(ImageSet images, MobileNetV2Weights weights)
    {
        // The rows are there twice while the file is made of its parts.
        const int BytesBesideFeatures = 200;
        return 2L * images.Paths.Count * ((sizeof(float) * weights.FeatureCount) + BytesBesideFeatures);
    }

    private FeaturizeResult CreateResult(ImageSet images, FeatureMetadata metadata, int unreadable, int computed) => new(
        arguments.Output,
        metadata.Shard.ToString(),
        images.Paths.Count,
        unreadable,
        metadata.FeatureCount,
        computed,
        Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 2));

    private void Report(FeaturizeResult result)
    {
        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.FeaturizeResult);
            return;
        }

        string rate = result.Computed == 0 ? "all of them were there" : $"{result.Computed} computed in {result.Seconds:0.0} s, {result.Computed / result.Seconds:0} images/s";
        context.WriteLine($"saved {result.Output}: shard {result.Shard}, {result.Count} rows of {result.Features} features, {result.Unreadable} unreadable; {rate}");
    }
}
