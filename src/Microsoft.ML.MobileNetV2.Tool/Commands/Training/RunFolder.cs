using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Keeps what a training was and how it went.</summary>
internal sealed class RunFolder
{
    private const string OptionsName = "options.json";
    private const string HistoryName = "history.json";
    private const string CurvesName = "curves.svg";
    private const string ReportName = "report.html";

    private readonly string _path;

    private RunFolder(string path) => _path = path;

    /// <summary>Creates the folder and writes the options, before the training begins. What a training before left there goes: it is not that of these options.</summary>
    /// <exception cref="CommandException">It cannot be written to.</exception>
    /// <returns>The folder; null where none is wanted.</returns>
    internal static RunFolder? Create(TrainingArguments arguments)
    {
        if (arguments.RunFolder is not { } path)
        {
            return null;
        }

        OutputFolder.Create(path, "--run-folder");
        foreach (string name in (string[])[HistoryName, CurvesName, ReportName])
        {
            File.Delete(Path.Combine(path, name));
        }

        OutputFile.WriteText(Path.Combine(path, OptionsName), CommandContext.ToJson(arguments, CommandJson.Default.TrainingArguments, isIndented: true));
        return new(path);
    }

    /// <summary>Writes the report of the validation images.</summary>
    internal void WriteReport(EvaluationReport report) => OutputFile.WriteText(Path.Combine(_path, ReportName), HtmlReport.Create(report));

    /// <summary>Writes the history and its curves.</summary>
    internal void Write(MobileNetV2PredictionTransformer model)
    {
        HistoryResult history = HistoryResult.Of(model);
        OutputFile.WriteText(Path.Combine(_path, HistoryName), CommandContext.ToJson(history, CommandJson.Default.HistoryResult, isIndented: true));
        EpochEntry[] epochs = [.. history.FineTuning ?? history.Head];
        OutputFile.WriteText(Path.Combine(_path, CurvesName), LineChart.Draw(
            [
                new("Accuracy", [new("training", [.. epochs.Select(epoch => epoch.Accuracy)]), new("validation", [.. epochs.Select(epoch => epoch.ValidationAccuracy)])]),
                new("Loss", [new("training", [.. epochs.Select(epoch => epoch.Loss)]), new("validation", [.. epochs.Select(epoch => epoch.ValidationLoss)])]),
            ]));
    }
}
