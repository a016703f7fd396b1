using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains a model on a feature file and puts the network that made the features in front of it, so that it takes images.</summary>
internal sealed class FeatureTraining(TrainingArguments arguments, CommandContext context) : IDisposable
{
    private const string FeatureColumn = nameof(FeatureVector.Features);

    private readonly string _path = arguments.Features!;
    private readonly MLContext _mlContext = new(arguments.Seed);
    private readonly long _start = Stopwatch.GetTimestamp();
    private MobileNetV2PredictionTransformer? _onFeatures;

    /// <summary>Runs the training.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        // What can be wrong is found before the long work begins.
        FeatureMetadata metadata = ReadMetadata();
        MobileNetV2Weights weights = WeightsChoice.Find(arguments.Weights);
        OutputFile.RequireOther(arguments.Model, "--model", _path);
        OutputFile.RequireWritable(arguments.Model, "--model", WeightsChoice.EstimateLength(weights));
        RunFolder? runFolder = arguments.RunFolder is null ? null : RunFolder.Create(arguments.RunFolder, arguments);
        ReportRows();

        using MobileNetV2PredictionTransformer model = context.RunWithProgress(progress => Fit(metadata, weights, progress));
        TrainingEnd end = new(arguments, context, _start);
        end.Save(_mlContext, model);
        runFolder?.Write(model);
        return end.Report(TrainingOutcome.Of(model), model);
    }

    public void Dispose() => _onFeatures?.Dispose();

    private FeatureMetadata ReadMetadata()
    {
        using FeatureFileReader reader = FeatureFileReader.Open(_path);
        return reader.Metadata.Shard == Shard.Whole ? reader.Metadata
            : throw new CommandException($"'{_path}' is shard {reader.Metadata.Shard} alone. Make one file of all shards with '{CommandNames.Tool} merge'.");
    }

    private void ReportRows()
    {
        Dictionary<string, int> counts = UsableRows().CountBy(row => row.Label!).ToDictionary(StringComparer.Ordinal);
        if (counts.Count < 2)
        {
            throw new CommandException($"'{_path}' has features of {counts.Count} {(counts.Count == 1 ? "class" : "classes")}; two are needed. The first sub-folder of an image is its class.");
        }

        context.WriteLine($"{counts.Values.Sum()} images of {counts.Count} classes");
    }

    private MobileNetV2PredictionTransformer Fit(FeatureMetadata metadata, MobileNetV2Weights weights, IWorkProgress progress)
    {
        WeightsLoading.Load(weights, progress, context.CancellationToken);
        using MobileNetV2FeaturizerTransformer featurizer = _mlContext.Transforms.MobileNetV2(new MobileNetV2FeaturizerOptions
        {
            OutputColumnName = FeatureColumn,
            InputColumnName = nameof(ImageRow.Image),
            Weights = weights,
            InputSize = metadata.InputSize,
            UnreadableImages = UnreadableImageHandling.SkipRow,
        }).Fit(_mlContext.Data.LoadFromEnumerable(Array.Empty<ImageRow>()));
        RequireSameSource(metadata, weights, featurizer.Preprocessing);

        EpochLines epochs = new(context, progress);
        MobileNetV2TrainerOptions options = TrainingOptions.Create(arguments, weights: null, initialModel: null, _ => { });
        options.ImageColumnName = FeatureColumn;
        options.ValidationFraction = arguments.ValidationFraction;
        _onFeatures = _mlContext.MulticlassClassification.Trainers.MobileNetV2(options).Fit(
            RowsOf(metadata.FeatureCount), validationData: null, new ImmediateProgress<TrainingProgress>(epochs.Add), context.CancellationToken);
        return _onFeatures.WithFeaturizer(featurizer);
    }

    /// <summary>Refuses weights that did not make the features. Another version of the library makes the same ones but for rounding.</summary>
    private void RequireSameSource(FeatureMetadata metadata, MobileNetV2Weights weights, ImagePreprocessing preprocessing)
    {
        FeatureMetadata given = FeatureSource.Describe(weights, preprocessing, metadata.Shard) with { LibraryVersion = metadata.LibraryVersion, Weights = metadata.Weights };
        if (metadata.FindDifference(given) is { } difference)
        {
            throw new CommandException($"'{_path}' and --weights {arguments.Weights} have different {difference}. Give the weights that the features were computed with.");
        }
    }

    private IDataView RowsOf(int featureCount)
    {
        SchemaDefinition schema = SchemaDefinition.Create(typeof(FeatureVector));
        schema[FeatureColumn].ColumnType = new VectorDataViewType(NumberDataViewType.Single, featureCount);
        return _mlContext.Data.LoadFromEnumerable(UsableRows().Select(row => new FeatureVector { Features = row.Features!, Label = row.Label! }), schema);
    }

    private IEnumerable<FeatureRow> UsableRows() => FeatureFileReader.ReadRows(_path).Where(row => row is { Features: not null, Label: not null });
}
