using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>What a person should look at in the images themselves: labels that are perhaps wrong, and images that look alike.</summary>
internal static class LabelsSection
{
    private const int MostAlike = 20;
    private const long MostBytes = 200_000;

    internal static void Append(StringBuilder html, EvaluationReport report)
    {
        if (report.Suspects.Count > 0)
        {
            AppendList(
                html,
                "suspects",
                $"Labels that are perhaps wrong: {report.Suspects.Count}",
                "Found by models that were trained on the other images of this folder, not by the model above.",
                report.Suspects.Select(suspect =>
                    $"{Name(report, suspect.Path)}: {Html.Name(suspect.Label)}, rather <strong>{Html.Name(suspect.Suggested)}</strong> {Html.Percent(suspect.Score)}"));
        }

        if (report.Duplicates.Count > 0)
        {
            AppendList(
                html,
                "duplicates",
                $"Groups of images that look alike: {report.Duplicates.Count}",
                "The figures count each of them.",
                report.Duplicates.Select(group => string.Join(", ", group.Take(MostAlike).Select(path => Name(report, path))) + AndMore(group.Count - MostAlike)));
        }
    }

    private static void AppendList(StringBuilder html, string id, string title, string meaning, IEnumerable<string> items)
    {
        html.Append($"<section aria-labelledby=\"{id}-title\">\n<h2 id=\"{id}-title\">{title}</h2>\n<p>{meaning}</p>\n<ul>\n");
        int leftOut = Room.Fill(html, items.Select(item => $"<li>{item}</li>\n"), MostBytes);
        html.Append(leftOut > 0 ? $"<li>{AndMore(leftOut)}</li>\n</ul>\n</section>\n" : "</ul>\n</section>\n");
    }

    private static string AndMore(int count) => count > 0 ? $" … and {count} more" : string.Empty;

    private static string Name(EvaluationReport report, string path) => $"<span class=\"name\">{Html.Text(report.NameOf(path))}</span>";
}
