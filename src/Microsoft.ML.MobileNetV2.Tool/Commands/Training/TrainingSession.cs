using System.Diagnostics;
using Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Trains a model and writes it.</summary>
internal sealed class TrainingSession(TrainingArguments arguments, CommandContext context)
{
    /// <summary>The bytes of a model beside its network.</summary>
    private const long LengthBesideTheNetwork = 1_000_000;

    private readonly MLContext _mlContext = new(arguments.Seed);
    private readonly List<string> _unreadable = [];
    private readonly long _start = Stopwatch.GetTimestamp();

    /// <summary>Runs the session.</summary>
    /// <returns>The exit code.</returns>
    internal int Run()
    {
        // What can be wrong is found before the long work begins.
        MobileNetV2Weights? weights = arguments.ContinueFrom is null ? WeightsChoice.Find(arguments.Weights) : null;
        ITransformer? initialModel = LoadInitialModel();
        using var initialDisposable = initialModel as IDisposable;
        long length = LengthBesideTheNetwork + (weights is null ? new FileInfo(arguments.ContinueFrom!).Length : WeightsChoice.EstimateLength(weights));
        OutputFile.RequireWritable(arguments.Model, "--model", length);
        RunFolder? runFolder = arguments.RunFolder is null ? null : RunFolder.Create(arguments.RunFolder, arguments);
        TrainingData data = TrainingData.Read(arguments, context.CancellationToken);
        DataReport.Write(data, arguments.IsBalanced, context);

        using MobileNetV2PredictionTransformer model = Fit(data, weights, initialModel);
        TrainingEnd end = new(arguments, context, _start);
        end.Save(_mlContext, model);
        TrainingOutcome outcome = TrainingOutcome.Of(model);
        runFolder?.Write(model);
        if (runFolder is not null && data.Validation is not null && !outcome.IsCanceled)
        {
            runFolder.WriteReport(context.RunWithProgress(progress => CreateReport(data.Validation, progress)));
        }

        return end.Report(outcome, model);
    }

    private MobileNetV2PredictionTransformer Fit(TrainingData data, MobileNetV2Weights? weights, ITransformer? initialModel)
    {
        try
        {
            return context.RunWithProgress(progress => Fit(data, weights, initialModel, progress));
        }
        finally
        {
            foreach (string message in _unreadable.Distinct(StringComparer.Ordinal))
            {
                context.Warn($"skipped {message}");
            }
        }
    }

    private MobileNetV2PredictionTransformer Fit(TrainingData data, MobileNetV2Weights? weights, ITransformer? initialModel, IWorkProgress progress)
    {
        if (weights is not null)
        {
            WeightsLoading.Load(weights, progress, context.CancellationToken);
        }

        EpochLines epochs = new(context, progress);
        MobileNetV2Trainer trainer = _mlContext.MulticlassClassification.Trainers.MobileNetV2(TrainingOptions.Create(arguments, weights, initialModel, AddUnreadable));
        return trainer.Fit(
            RowsOf(data.Train), data.Validation is null ? null : RowsOf(data.Validation), new ImmediateProgress<TrainingProgress>(epochs.Add), context.CancellationToken);
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

    private void AddUnreadable(UnreadableImage image)
    {
        lock (_unreadable)
        {
            _unreadable.Add(image.Reason.Message);
        }
    }

    /// <summary>Measures the model as it was saved.</summary>
    private EvaluationReport CreateReport(ImageDataset validation, IWorkProgress progress)
    {
        using ImageClassifier classifier = ModelFile.LoadClassifier(arguments.Model);
        Measurement measurement = new(classifier, validation, progress, context.CancellationToken);
        return measurement.CreateReport(arguments.Model, arguments.Validation ?? arguments.Folder, measurement.Evaluate());
    }

    private IDataView RowsOf(ImageDataset dataset) => _mlContext.Data.LoadFromEnumerable(ImageRow.From(dataset));
}
