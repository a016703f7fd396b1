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

        Write(new(outcome.Accuracy, outcome.EpochCount, model.ClassNames, Math.Round(Stopwatch.GetElapsedTime(start).TotalSeconds, 2), arguments.Model), outcome);
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
        context.WriteLine($"{accuracy}; {outcome.EpochCount} epochs, the best is {outcome.BestEpoch}; {result.Seconds:0.0} s");
        context.WriteLine($"saved {result.Model} ({new FileInfo(result.Model).Length / 1e6:0.0} MB, {result.Classes.Count} classes)");
    }
}
