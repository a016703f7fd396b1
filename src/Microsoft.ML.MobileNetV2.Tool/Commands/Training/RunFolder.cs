using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Keeps what a training was and how it went.</summary>
internal sealed class RunFolder
{
    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>Creates the folder and writes the options, before the training begins.</summary>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    internal static RunFolder Create(string path, TrainingArguments arguments)
    {
        OutputFolder.Create(path, "--run-folder");
        string options = Path.Combine(path, "options.json");
        OutputFile.WriteText(options, CommandContext.ToJson(arguments, CommandJson.Default.TrainingArguments, isIndented: true));
        return new(path);
    }

    /// <summary>Writes the report of the validation images.</summary>
    internal void WriteReport(EvaluationReport report) => OutputFile.WriteText(Path.Combine(_path, "report.html"), HtmlReport.Create(report));

    /// <summary>Writes the history and its curves.</summary>
    internal void Write(MobileNetV2PredictionTransformer model)
    {
        HistoryResult history = HistoryResult.Of(model);
        OutputFile.WriteText(Path.Combine(_path, "history.json"), CommandContext.ToJson(history, CommandJson.Default.HistoryResult, isIndented: true));
        EpochEntry[] epochs = [.. history.FineTuning ?? history.Head];
        OutputFile.WriteText(Path.Combine(_path, "curves.svg"), LineChart.Draw(
            [
                new("Accuracy", [new("training", [.. epochs.Select(epoch => epoch.Accuracy)]), new("validation", [.. epochs.Select(epoch => epoch.ValidationAccuracy)])]),
                new("Loss", [new("training", [.. epochs.Select(epoch => epoch.Loss)]), new("validation", [.. epochs.Select(epoch => epoch.ValidationLoss)])]),
            ]));
    }
}
