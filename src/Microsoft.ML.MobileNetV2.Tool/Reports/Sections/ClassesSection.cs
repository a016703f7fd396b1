using System.Globalization;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>A row with bars for each class, the worst first.</summary>
internal static class ClassesSection
{
    private const int BarWidth = 100;
    private const long MostBytes = 500_000;

    internal static void Append(StringBuilder html, ClassificationEvaluation evaluation)
    {
        html.Append("<section aria-labelledby=\"classes-title\">\n<h2 id=\"classes-title\">Classes, the worst first</h2>\n");
        html.Append($"{Html.ScrollStart("classes-title")}<table id=\"classes\">\n");
        html.Append("<thead><tr><th scope=\"col\">class</th><th scope=\"col\">images</th><th scope=\"col\">F1</th><th scope=\"col\">precision</th><th scope=\"col\">recall</th></tr></thead>\n<tbody>\n");
        IEnumerable<string> rows = evaluation.Classes.OrderBy(metrics => metrics.Support == 0).ThenBy(metrics => metrics.F1).Select(CreateRow);
        int leftOut = Room.Fill(html, rows, MostBytes);
        html.Append("</tbody>\n</table>\n</div>\n");
        html.Append(leftOut > 0 ? $"<p>{leftOut} more classes are left out to keep the report small.</p>\n</section>\n" : "</section>\n");
    }

    private static string CreateRow(ClassMetrics metrics) =>
        $"<tr><th scope=\"row\">{Html.Name(metrics.Label)}</th><td>{metrics.Support}</td>{CreateBar(metrics.F1)}{CreateBar(metrics.Precision)}{CreateBar(metrics.Recall)}</tr>\n";

    private static string CreateBar(double value) => string.Create(
        CultureInfo.InvariantCulture,
        $"<td><svg class=\"bar\" viewBox=\"0 0 {BarWidth} 10\" width=\"{BarWidth}\" height=\"10\" aria-hidden=\"true\"><rect class=\"ground\" width=\"{BarWidth}\" height=\"10\" rx=\"2\"/><rect class=\"value\" width=\"{value * BarWidth:0.#}\" height=\"10\" rx=\"2\"/></svg> {Html.Number(value)}</td>");
}
