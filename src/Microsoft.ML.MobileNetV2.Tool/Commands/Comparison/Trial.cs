using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Commands.Training;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;

/// <summary>Trains and measures one candidate after the other on the same split.</summary>
/// <param name="train">The images to train with.</param>
/// <param name="test">The images to measure with.</param>
/// <param name="seed">The seed of the training.</param>
/// <param name="fineTune">The number of blocks that are trained, too; null for none.</param>
internal sealed class Trial(ImageDataset train, ImageDataset test, int seed, int? fineTune)
{
    private const int LatencyImages = 20;
    private const int ThroughputImages = 200;

    private readonly MLContext _mlContext = new(seed);
    private readonly ConcurrentDictionary<string, string> _leftOut = new(StringComparer.Ordinal);

    /// <summary>Gets what is wrong with each image that was left out, in the order of their names.</summary>
    internal IEnumerable<string> Problems => _leftOut.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Value);

    /// <exception cref="CommandException">None of the images to measure with can be used.</exception>
    internal ComparisonRow Run(Candidate candidate, IWorkProgress progress, CancellationToken cancellationToken)
    {
        WeightsLoading.Load(candidate.Weights, progress, cancellationToken);
        using MobileNetV2PredictionTransformer model = Fit(candidate, progress, cancellationToken);
        using ImageClassifier classifier = _mlContext.Model.CreateImageClassifier(model);
        ClassificationEvaluation evaluation = Evaluate(classifier, cancellationToken);
        IReadOnlyList<LayerInfo> layers = candidate.Weights.Description.Architecture.GetLayers(candidate.InputSize, model.ClassNames.Count);
        string[] readable = [.. evaluation.Images.Select(image => image.Id)];
        return new(
            candidate.WeightsName,
            candidate.InputSize,
            evaluation.Accuracy,
            evaluation.Count,
            _leftOut.Count,
            layers.Sum(layer => layer.ParameterCount + layer.BatchNormParameterCount),
            layers.Sum(layer => layer.MultiplyAdds),
            MeasureLength(model),
            MeasureLatency(classifier, readable),
            MeasureThroughput(classifier, readable));
    }

    private ClassificationEvaluation Evaluate(ImageClassifier classifier, CancellationToken cancellationToken)
    {
        ClassificationEvaluation evaluation = classifier.Evaluate(test.Images.Select(image => (image.Image, image.Label)), cancellationToken: cancellationToken);
        foreach (SkippedImage image in evaluation.Skipped)
        {
            _leftOut[image.Id] = image.Message;
        }

        return evaluation.Count > 0
            ? evaluation
            : throw new CommandException($"None of the {test.Images.Count} images that were held out to measure with can be used. {evaluation.Skipped[0].Message}");
    }

    private MobileNetV2PredictionTransformer Fit(Candidate candidate, IWorkProgress progress, CancellationToken cancellationToken)
    {
        TrainingArguments arguments = new() { Folder = string.Empty, Model = string.Empty, Weights = candidate.WeightsName, Size = candidate.InputSize, Seed = seed, FineTune = fineTune };
        MobileNetV2TrainerOptions options = TrainingOptions.Create(arguments, candidate.Weights, initialModel: null, onUnreadableImage: image => _leftOut[train.Images[(int)image.RowIndex].Image] = image.Reason.Message);
        options.Head!.KeepBestWhenCanceled = false;
        return _mlContext.MulticlassClassification.Trainers.MobileNetV2(options).Fit(
            _mlContext.Data.LoadFromEnumerable(ImageRow.From(train)),
            progress: new ImmediateProgress<TrainingProgress>(update => Report(update, candidate, progress)),
            cancellationToken: cancellationToken);
    }

    private static void Report(TrainingProgress update, Candidate candidate, IWorkProgress progress)
    {
        if (update.Phase is TrainingPhase.ComputingFeatures or TrainingPhase.FineTuning && update.Total > 0)
        {
            progress.Report($"{candidate.Name}: {(update.Phase == TrainingPhase.FineTuning ? "fine-tuning" : "computing features")}", update.Done, update.Total);
        }
    }

    private long MeasureLength(MobileNetV2PredictionTransformer model)
    {
        using MemoryStream stream = new();
        _mlContext.Model.Save(model, null, stream);
        return stream.Length;
    }

    /// <summary>Returns the median time of single images; the first call, which prepares the network, does not count.</summary>
    private static double MeasureLatency(ImageClassifier classifier, string[] paths)
    {
        classifier.Predict(paths[0]);
        double[] times = [.. paths.Take(LatencyImages).Select(path =>
        {
            long start = Stopwatch.GetTimestamp();
            classifier.Predict(path);
            return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }).Order()];
        return Math.Round(times[times.Length / 2], 2);
    }

    private static double MeasureThroughput(ImageClassifier classifier, string[] paths)
    {
        long start = Stopwatch.GetTimestamp();
        int count = classifier.Predict(paths.Take(ThroughputImages), topK: 1).Count();
        return Math.Round(count / Stopwatch.GetElapsedTime(start).TotalSeconds, 1);
    }
}
