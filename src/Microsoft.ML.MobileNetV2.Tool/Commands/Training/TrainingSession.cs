using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains a model on images, and writes it.</summary>
internal sealed class TrainingSession(TrainingArguments arguments, CommandContext context)
{
    /// <summary>The bytes of a model beside its network.</summary>
    private const long LengthBesideTheNetwork = 1_000_000;

    private readonly MLContext _mlContext = new(arguments.Seed);
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs the session.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        // What can be wrong is found before the long work begins.
        MobileNetV2Weights? weights = arguments.ContinueFrom is null ? WeightsChoice.Find(arguments.Weights) : null;
        ITransformer? initialModel = LoadInitialModel();
        using var initialDisposable = initialModel as IDisposable;
        OutputFile.RequireWritable(arguments.Model, "--model", EstimateLength(weights));
        TrainingSource source = TrainingSource.Read(arguments, context.CancellationToken);
        RequireOtherThanInputs(source);
        RunFolder? runFolder = RunFolder.Create(arguments);
        ImageLooks looks = LookAt(source, weights);
        TrainingData data = Split(source, looks);
        DataReport.Write(data, arguments.IsBalanced, context);

        using MobileNetV2PredictionTransformer model = Fit(data, looks, weights, initialModel);
        TrainingEnd end = new(arguments, context, _start);
        end.Save(_mlContext, model);
        runFolder?.Write(model);
        TrainingOutcome outcome = TrainingOutcome.Of(model);
        bool isReported = outcome.IsCanceled || TryReport(runFolder, data.Validation);
        int exitCode = end.Report(outcome, model);
        return isReported ? exitCode : ExitCode.Failed;
    }

    private void RequireOtherThanInputs(TrainingSource source)
    {
        IEnumerable<string> images = source.All.Images.Concat(source.Validation?.Images ?? []).Select(image => image.Image);
        IEnumerable<string> lists = arguments.Labels is { } list ? [list] : [];
        OutputFile.RequireOther(arguments.Model, "--model", [.. WeightsChoice.FilesOf(arguments.Weights), .. lists, .. images]);
    }

    private long EstimateLength(MobileNetV2Weights? weights) =>
        LengthBesideTheNetwork + (weights is null ? new FileInfo(arguments.ContinueFrom!).Length : WeightsChoice.EstimateLength(weights));

    private MobileNetV2PredictionTransformer Fit(TrainingData data, ImageLooks looks, MobileNetV2Weights? weights, ITransformer? initialModel) =>
        weights is not null && arguments.TrainsHeadAlone
            ? context.RunWithProgress(progress => FitHead(data, weights, looks, progress))
            : new ImageTraining(arguments, context, _mlContext).Fit(data, weights, initialModel);

    /// <summary>Returns what a network sees in the images, which the head is trained on where nothing else is.</summary>
    private ImageLooks LookAt(TrainingSource source, MobileNetV2Weights? weights)
    {
        ImageLooks looks = context.RunWithProgress(
            progress => ImageLooks.Compute(source, weights ?? MobileNetV2Weights.Bundled, arguments, progress, context.CancellationToken));
        foreach (string message in looks.Unreadable)
        {
            context.Warn($"skipped {message}");
        }

        return looks;
    }

    private TrainingData Split(TrainingSource source, ImageLooks looks)
    {
        TrainingSource usable = source.Where(image => looks.Features.ContainsKey(image.Image));
        IReadOnlyDictionary<string, string> contents = FileContents.Find(usable.All.Images.Select(image => image.Image), context.CancellationToken);
        return TrainingData.Split(usable, arguments, contents, looks.Features, context.CancellationToken);
    }

    private MobileNetV2PredictionTransformer FitHead(TrainingData data, MobileNetV2Weights weights, ImageLooks looks, IWorkProgress progress)
    {
        using MobileNetV2FeaturizerTransformer featurizer = HeadTraining.CreateFeaturizer(_mlContext, weights, arguments.Size);
        return new HeadTraining(arguments, _mlContext, featurizer, weights.FeatureCount, RowsOf).Fit(data, new EpochLines(context, progress), context.CancellationToken);

        IEnumerable<FeatureVector> RowsOf(ImageDataset dataset) =>
            dataset.Images.Select(image => new FeatureVector { Features = looks.Features[image.Image], Label = image.Label });
    }

    private ITransformer? LoadInitialModel()
    {
        if (arguments.ContinueFrom is not { } path)
        {
            return null;
        }

        // Checks the file before anything in it is run.
        ModelFile.LoadClassifier(path).Dispose();
        return _mlContext.Model.LoadWithMobileNetV2(path, out _);
    }

    /// <summary>Writes the report of the run folder, if there is one. Whoever ends that keeps the model, which is complete.</summary>
    /// <returns>Whether it was not ended.</returns>
    private bool TryReport(RunFolder? runFolder, ImageDataset? validation)
    {
        if (runFolder is null || validation is null)
        {
            return true;
        }

        try
        {
            runFolder.WriteReport(context.RunWithProgress(progress => CreateReport(validation, progress)));
            return true;
        }
        catch (OperationCanceledException)
        {
            context.Error.WriteLine($"canceled; '{arguments.Model}' is complete, only the report in '{arguments.RunFolder}' is missing");
            return false;
        }
    }

    /// <summary>Measures the model as it was saved.</summary>
    private EvaluationReport CreateReport(ImageDataset validation, IWorkProgress progress)
    {
        using ImageClassifier classifier = ModelFile.LoadClassifier(arguments.Model);
        Measurement measurement = new(classifier, validation, progress, context.CancellationToken);
        return measurement.CreateReport(arguments.Model, arguments.Validation ?? arguments.Folder, measurement.Evaluate());
    }
}
