using System.Diagnostics;
using Microsoft.ML.Data;
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
        Save(model, data);
        TrainingOutcome outcome = TrainingOutcome.Of(model);
        runFolder?.Write(model);
        if (runFolder is not null && data.Validation is not null && !outcome.IsCanceled)
        {
            runFolder.WriteReport(context.RunWithProgress(progress => CreateReport(data.Validation, progress)));
        }

        Report(outcome, model);
        return outcome.IsCanceled ? ExitCode.Failed : ExitCode.Done;
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

    /// <summary>Saves the model so that programs get class names, not keys.</summary>
    private void Save(MobileNetV2PredictionTransformer model, TrainingData data)
    {
        IDataView rows = RowsOf(data.Train);
        ITransformer names = _mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(model.Transform(rows));
        _mlContext.Model.SaveAtomically(new TransformerChain<ITransformer>(model, names), rows.Schema, arguments.Model);
    }

    /// <summary>Measures the model as it was saved.</summary>
    private EvaluationReport CreateReport(ImageDataset validation, IWorkProgress progress)
    {
        using ImageClassifier classifier = ModelFile.LoadClassifier(arguments.Model);
        Measurement measurement = new(classifier, validation, progress, context.CancellationToken);
        return measurement.CreateReport(arguments.Model, arguments.Validation ?? arguments.Folder, measurement.Evaluate());
    }

    private void Report(TrainingOutcome outcome, MobileNetV2PredictionTransformer model)
    {
        TrainingResult result = new(
            outcome.Accuracy, outcome.EpochCount, model.ClassNames, Math.Round(Stopwatch.GetElapsedTime(_start).TotalSeconds, 2), arguments.Model);
        if (outcome.IsCanceled)
        {
            context.Error.WriteLine($"canceled; '{arguments.Model}' has the best model so far, of epoch {outcome.BestEpoch}");
        }

        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.TrainingResult);
            return;
        }

        string accuracy = result.Accuracy is { } value ? $"accuracy {value:0.0 %} on the validation images" : "trained on all images, measured on none";
        context.WriteLine($"{accuracy}; {outcome.EpochCount} epochs, the best is {outcome.BestEpoch}; {result.Seconds:0.0} s");
        context.WriteLine($"saved {result.Model} ({new FileInfo(result.Model).Length / 1e6:0.0} MB, {result.Classes.Count} classes)");
    }

    private IDataView RowsOf(ImageDataset dataset) => _mlContext.Data.LoadFromEnumerable(ImageRow.From(dataset));
}
