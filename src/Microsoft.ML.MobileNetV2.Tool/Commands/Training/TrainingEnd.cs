using System.Diagnostics;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Tool.Models;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Writes a trained model, and says how its training went.</summary>
/// <param name="arguments">The arguments of the command.</param>
/// <param name="context">What is written to.</param>
/// <param name="start">When the command began.</param>
internal sealed class TrainingEnd(TrainingArguments arguments, CommandContext context, long start)
{
    /// <summary>Returns a model with calibrated scores where they are wanted and there are images to fit them to.</summary>
    internal static MobileNetV2PredictionTransformer Calibrate(MobileNetV2PredictionTransformer model, TrainingArguments arguments, IDataView? validation) =>
        arguments.Calibrate && validation is not null && !TrainingOutcome.Of(model).IsCanceled ? model.Calibrate(validation) : model;

    /// <summary>Saves a model of images so that programs get class names, not keys.</summary>
    internal void Save(MLContext mlContext, MobileNetV2PredictionTransformer model)
    {
        IDataView rows = mlContext.Data.LoadFromEnumerable(Array.Empty<ImageRow>());
        ITransformer names = mlContext.Transforms.Conversion.MapKeyToValue("PredictedLabel").Fit(model.Transform(rows));
        mlContext.Model.SaveAtomically(new TransformerChain<ITransformer>(model, names), rows.Schema, arguments.Model);
    }

    /// <summary>Reports the result.</summary>
    /// <returns>The exit code.</returns>
    internal int Report(TrainingOutcome outcome, MobileNetV2PredictionTransformer model)
    {
        if (outcome.IsCanceled)
        {
            context.Error.WriteLine($"canceled; '{arguments.Model}' has the best model so far, of epoch {outcome.BestEpoch}");
        }

        double seconds = Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2);
        double? temperature = arguments.Calibrate && !outcome.IsCanceled ? model.Temperature : null;
        Write(new(outcome.Accuracy, outcome.EpochCount, model.ClassNames, seconds, arguments.Model, temperature), outcome);
        return outcome.IsCanceled ? ExitCode.Failed : ExitCode.Done;
    }

    private void Write(TrainingResult result, TrainingOutcome outcome)
    {
        if (context.IsJson)
        {
            context.WriteJson(result, CommandJson.Default.TrainingResult);
            return;
        }

        string accuracy = result.Accuracy is { } value ? $"accuracy {value:0.0 %} on the validation images" : "trained on all images, measured on none";
        string calibrated = result.Temperature is { } temperature ? FormattableString.Invariant($"; calibrated with temperature {temperature:0.00}") : string.Empty;
        context.WriteLine($"{accuracy}{calibrated}; {outcome.EpochCount} epochs, the best is {outcome.BestEpoch}; {result.Seconds:0.0} s");
        context.WriteLine($"saved {result.Model} ({new FileInfo(result.Model).Length / 1e6:0.0} MB, {result.Classes.Count} classes)");
    }
}
