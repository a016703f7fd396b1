using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains a model on a feature file.</summary>
internal sealed class FeatureTraining(TrainingArguments arguments, CommandContext context)
{
    private readonly string _path = arguments.Features!;
    private readonly MLContext _mlContext = new(arguments.Seed);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs the training.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        // What can be wrong is found before the long work begins.
        FeatureMetadata metadata = ReadMetadata();
        MobileNetV2Weights weights = WeightsChoice.Find(arguments.Weights);
        OutputFile.RequireOther(arguments.Model, "--model", [_path, .. WeightsChoice.FilesOf(arguments.Weights)]);
        OutputFile.RequireWritable(arguments.Model, "--model", WeightsChoice.EstimateLength(weights));
        TrainingData data = ReadData();
        RunFolder? runFolder = RunFolder.Create(arguments);
        DataReport.Write(data, arguments.IsBalanced, context);

        using MobileNetV2PredictionTransformer model = context.RunWithProgress(progress => Fit(data, metadata, weights, progress));
        TrainingEnd end = new(arguments, context, _start);
        end.Save(_mlContext, model);
        runFolder?.Write(model);
        return end.Report(TrainingOutcome.Of(model), model);
    }

    private FeatureMetadata ReadMetadata()
    {
        using FeatureFileReader reader = FeatureFileReader.Open(_path, context.CancellationToken);
        return reader.Metadata.Shard == Shard.Whole ? reader.Metadata
            : throw new CommandException($"'{_path}' is shard {reader.Metadata.Shard} alone. Make one file of all shards with '{CommandNames.Tool} merge'.");
    }

    private TrainingData ReadData()
    {
        FeatureFileImages images = FeatureFileImages.Read(_path, context.CancellationToken);
        return TrainingData.Split(images.ToSource(_path), arguments, images.Contents, images.Features, context.CancellationToken);
    }

    private MobileNetV2PredictionTransformer Fit(TrainingData data, FeatureMetadata metadata, MobileNetV2Weights weights, IWorkProgress progress)
    {
        WeightsLoading.Load(weights, progress, context.CancellationToken);
        using MobileNetV2FeaturizerTransformer featurizer = HeadTraining.CreateFeaturizer(_mlContext, weights, metadata.InputSize);
        RequireSameSource(metadata, weights, featurizer.Preprocessing);
        return new HeadTraining(arguments, _mlContext, featurizer, metadata.FeatureCount, RowsOf).Fit(data, new EpochLines(context, progress), context.CancellationToken);
    }

    /// <summary>Refuses weights that did not make the features. Their name does not matter, and another version of the library makes the same ones but for rounding.</summary>
    private void RequireSameSource(FeatureMetadata metadata, MobileNetV2Weights weights, ImagePreprocessing preprocessing)
    {
        FeatureMetadata given = FeatureSource.Describe(weights, preprocessing, metadata.Shard) with { LibraryVersion = metadata.LibraryVersion };
        if (metadata.FindDifference(given with { Weights = metadata.Weights }) is not null)
        {
            throw new CommandException(
                $"'{_path}' and --weights {arguments.Weights} have different {metadata.FindDifference(given)}. Give the weights that the features were computed with.");
        }
    }

    /// <summary>Reads the rows of some images from the file, which may be larger than the memory.</summary>
    private IEnumerable<FeatureVector> RowsOf(ImageDataset dataset)
    {
        HashSet<string> paths = dataset.Images.Select(image => image.Image).ToHashSet(StringComparer.Ordinal);
        return FeatureFileReader.ReadRows(_path, context.CancellationToken).Where(row => paths.Contains(row.Path)).Select(row => new FeatureVector { Features = row.Features!, Label = row.Label! });
    }
}
