using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The confusion matrix: a table whose mistakes are buttons that filter the gallery.</summary>
internal static class ConfusionSection
{
    /// <summary>The most classes of a table that one can still read.</summary>
    private const int MostClasses = 50;

    private const int MostPairs = 8;
    private const int Shades = 9;

    /// <summary>The most characters of a name where it stands in each cell.</summary>
    private const int ShortName = 40;

    internal static void Append(StringBuilder html, EvaluationReport report)
    {
        ConfusionMatrix matrix = report.Evaluation.Confusion;
        int[] shown = ChooseClasses(report.Evaluation);
        html.Append("<section aria-labelledby=\"confusion-title\">\n<h2 id=\"confusion-title\">Confusion matrix</h2>\n");
        html.Append("<p>A row for each true class, a column for what was predicted. Choose a mistake to see its images below.</p>\n");
        if (shown.Length < matrix.Classes.Count)
        {
            html.Append($"<p>The {shown.Length} classes with the most mistakes, of {matrix.Classes.Count}.</p>\n");
        }

        html.Append($"<div class=\"beside\">\n{Html.ScrollStart("confusion-title")}<table id=\"confusion\">\n<thead><tr><th scope=\"col\">true class</th>");
        foreach (int index in shown)
        {
            html.Append($"<th scope=\"col\" title=\"{Html.Name(matrix.Classes[index])}\"><span>{Html.Name(matrix.Classes[index], ShortName)}</span></th>");
        }

        html.Append("<th scope=\"col\"><span>unknown</span></th><th scope=\"col\"><span>found</span></th></tr></thead>\n<tbody>\n");
        Array.ForEach(shown, index => AppendRow(html, report.Evaluation, shown, index));
        html.Append("</tbody>\n</table>\n</div>\n");
        AppendPairs(html, matrix);
        html.Append("</div>\n</section>\n");
    }

    private static void AppendPairs(StringBuilder html, ConfusionMatrix matrix)
    {
        IReadOnlyList<ConfusedPair> pairs = matrix.GetMostConfused(MostPairs);
        if (pairs.Count == 0)
        {
            return;
        }

        html.Append("<div>\n<h3>Most often confused</h3>\n<ol>\n");
        foreach (ConfusedPair pair in pairs)
        {
            html.Append($"<li><strong>{Html.Name(pair.Label)}</strong> taken for <strong>{Html.Name(pair.Predicted)}</strong>: {pair.Count} of {pair.Support}</li>\n");
        }

        html.Append("</ol>\n</div>\n");
    }

    private static int[] ChooseClasses(ClassificationEvaluation evaluation)
    {
        var worst = evaluation.Classes.Index()
            .OrderByDescending(pair => pair.Item.Support + pair.Item.PredictedCount - (2 * pair.Item.CorrectCount))
            .Take(MostClasses)
            .Select(pair => pair.Index);
        return [.. worst.Order()];
    }

    private static void AppendRow(StringBuilder html, ClassificationEvaluation evaluation, int[] shown, int label)
    {
        ConfusionMatrix matrix = evaluation.Confusion;
        ClassMetrics metrics = evaluation.Classes[label];
        string name = Html.Name(matrix.Classes[label], ShortName);
        html.Append($"<tr><th scope=\"row\">{Html.Name(matrix.Classes[label])}</th>");
        foreach (int predicted in shown)
        {
            int count = matrix[label, predicted];
            AppendCell(html, count, metrics.Support, label == predicted, $"{label}", $"{predicted}", $"{name} predicted as {Html.Name(matrix.Classes[predicted], ShortName)}");
        }

        AppendCell(html, matrix.GetRejectedCount(label), metrics.Support, false, $"{label}", "rejected", $"{name} rejected as unknown");
        html.Append($"<td class=\"found\">{(metrics.Support > 0 ? Html.Percent(metrics.Recall) : "–")}</td></tr>\n");
    }

    private static void AppendCell(StringBuilder html, int count, int support, bool isCorrect, string label, string predicted, string meaning)
    {
        if (count == 0)
        {
            html.Append("<td class=\"none\">0</td>");
            return;
        }

        int shade = 1 + (int)Math.Round((Shades - 1) * (double)count / Math.Max(count, support));
        string kind = isCorrect ? "right" : "wrong";
        html.Append($"<td class=\"{kind} shade{shade}\">");
        html.Append(isCorrect
            ? $"{count}"
            : $"<button type=\"button\" aria-pressed=\"false\" data-label=\"{label}\" data-predicted=\"{predicted}\" aria-label=\"{count} of {meaning}\">{count}</button>");
        html.Append("</td>");
    }
}
