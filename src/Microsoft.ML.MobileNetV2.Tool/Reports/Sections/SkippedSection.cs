using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The images that no figure counts.</summary>
internal static class SkippedSection
{
    private const long MostBytes = 200_000;

    internal static void Append(StringBuilder html, EvaluationReport report)
    {
        IReadOnlyList<SkippedImage> skipped = report.Evaluation.Skipped;
        if (skipped.Count == 0)
        {
            return;
        }

        html.Append($"<section aria-labelledby=\"skipped-title\">\n<h2 id=\"skipped-title\">Left out: {skipped.Count}</h2>\n<ul>\n");
        int leftOut = Room.Fill(
            html, skipped.Select(image => $"<li><span class=\"name\">{Html.Text(report.NameOf(image.Id))}</span>: {Html.Text(image.Message)}</li>\n"), MostBytes);
        html.Append(leftOut > 0 ? $"<li>… and {leftOut} more</li>\n</ul>\n</section>\n" : "</ul>\n</section>\n");
    }
}
