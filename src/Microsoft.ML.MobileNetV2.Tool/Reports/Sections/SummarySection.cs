using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The figures at the top.</summary>
internal static class SummarySection
{
    private const int TopK = 5;

    internal static void Append(StringBuilder html, EvaluationReport report)
    {
        ClassificationEvaluation evaluation = report.Evaluation;
        html.Append($"<header>\n<h1>{Html.Percent(evaluation.Accuracy)} accurate</h1>\n");
        html.Append($"<p><strong>{Html.Text(Path.GetFileName(report.Model))}</strong> on {evaluation.Count} images of {Html.Text(report.Folder)}, {report.Created:yyyy-MM-dd HH:mm} UTC</p>\n<dl class=\"figures\">\n");
        Append(html, "Accuracy", Html.Percent(evaluation.Accuracy), "the first class is right");
        if (evaluation.Classes.Count > TopK)
        {
            Append(html, "Top 5", Html.Percent(evaluation.GetTopKAccuracy(TopK)), "right among the first five");
        }

        Append(html, "Macro F1", Html.Number(evaluation.MacroF1), "each class counts the same");
        Append(html, "Log-loss", Html.Number(evaluation.LogLoss), "lower is better");
        Append(html, "Calibration error", Html.Number(evaluation.CalibrationError), "confidence against accuracy");
        Append(html, "Rejected", $"{evaluation.RejectedCount}", "below the threshold");
        Append(html, "Left out", $"{evaluation.Skipped.Count}", "unreadable, or of no known class");
        html.Append("</dl>\n</header>\n");
    }

    private static void Append(StringBuilder html, string name, string value, string meaning) =>
        html.Append($"<div><dt>{name}</dt><dd>{value}</dd><dd class=\"meaning\">{meaning}</dd></div>\n");
}
