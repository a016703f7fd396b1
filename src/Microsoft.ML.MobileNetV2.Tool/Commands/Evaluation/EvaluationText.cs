using Microsoft.ML.MobileNetV2.Tool.Shell;
using Spectre.Console;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Writes an evaluation for people.</summary>
internal static class EvaluationText
{
    /// <summary>The most classes whose matrix fits into a terminal.</summary>
    private const int MostClasses = 20;

    private const int TopK = 5;
    private const int MostPairs = 5;

    internal static void WriteWarnings(ClassificationEvaluation evaluation, ImageDataset dataset, CommandContext context) =>
        Warnings.Write([.. dataset.Problems.Select(problem => problem.Message), .. evaluation.Skipped.Select(image => $"left out {image.Message}")], context);

    internal static void Write(ClassificationEvaluation evaluation, CommandContext context)
    {
        if (evaluation.Classes.Count <= MostClasses)
        {
            WriteMatrix(evaluation, context);
        }

        foreach (ConfusedPair pair in evaluation.Confusion.GetMostConfused(MostPairs))
        {
            context.WriteLine($"{pair.Label} taken for {pair.Predicted}: {pair.Count} of {pair.Support}");
        }

        string topK = evaluation.Classes.Count > TopK ? $"top 5 {evaluation.GetTopKAccuracy(TopK):0.0 %}, " : string.Empty;
        string rejected = evaluation.RejectedCount > 0 ? $", {evaluation.RejectedCount} rejected as unknown" : string.Empty;
        context.WriteLine();
        context.WriteLine(
            $"accuracy {evaluation.Accuracy:0.0 %}, {topK}macro F1 {evaluation.MacroF1:0.000}, calibration error {evaluation.CalibrationError:0.000}; {evaluation.Count} images{rejected}, {evaluation.Skipped.Count} left out");
    }

    private static void WriteMatrix(ClassificationEvaluation evaluation, CommandContext context)
    {
        ConfusionMatrix matrix = evaluation.Confusion;
        bool hasRejected = evaluation.RejectedCount > 0;
        Table table = new Table().Border(TableBorder.Minimal).AddColumn("true class");
        for (int i = 0; i < matrix.Classes.Count; i++)
        {
            table.AddColumn(new TableColumn($"{i + 1}").RightAligned());
        }

        if (hasRejected)
        {
            table.AddColumn(new TableColumn("unknown").RightAligned());
        }

        table.AddColumn(new TableColumn("found").RightAligned());
        for (int label = 0; label < matrix.Classes.Count; label++)
        {
            table.AddRow(CreateRow(evaluation, label, hasRejected));
        }

        context.Human.Write(table);
    }

    private static IEnumerable<Text> CreateRow(ClassificationEvaluation evaluation, int label, bool hasRejected)
    {
        ConfusionMatrix matrix = evaluation.Confusion;
        yield return new Text(Printable.Of($"{label + 1} {matrix.Classes[label]}"));
        for (int predicted = 0; predicted < matrix.Classes.Count; predicted++)
        {
            yield return CountOf(matrix[label, predicted]);
        }

        if (hasRejected)
        {
            yield return CountOf(matrix.GetRejectedCount(label));
        }

        yield return new Text(evaluation.Classes[label].Support > 0 ? $"{evaluation.Classes[label].Recall:0 %}" : "–");
    }

    private static Text CountOf(int count) => new(count == 0 ? "." : $"{count}");
}
