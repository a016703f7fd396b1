using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Writes a report as one HTML file that loads nothing from elsewhere.</summary>
internal static class HtmlReport
{
    /// <summary>The most bytes of a report, so that it can be sent.</summary>
    internal const long MostBytes = 5_000_000;

    /// <summary>Returns the file.</summary>
    internal static string Create(EvaluationReport report)
    {
        string style = ReadAsset("report.css");
        string script = ReadAsset("report.js");
        StringBuilder html = new();
        html.Append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
        html.Append($"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:; style-src '{HashOf(style)}'; script-src '{HashOf(script)}'; base-uri 'none'; form-action 'none'\">\n");
        html.Append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n");
        html.Append($"<title>Evaluation of {Html.Text(Path.GetFileName(report.Model))}</title>\n");
        html.Append($"<link rel=\"icon\" href=\"data:,\">\n<style>{style}</style>\n</head>\n<body>\n");
        html.Append("<a class=\"skip\" href=\"#mistakes\">Skip to the mistakes</a>\n");
        SummarySection.Append(html, report);
        html.Append("<main>\n");
        ConfusionSection.Append(html, report);
        StringBuilder rest = new();
        ClassesSection.Append(rest, report.Evaluation);
        ReliabilitySection.Append(rest, report.Evaluation);
        LabelsSection.Append(rest, report);
        SkippedSection.Append(rest, report);
        rest.Append($"</main>\n<script>{script}</script>\n</body>\n</html>\n");

        // The images get the room that is left.
        GallerySection.Append(html, report, MostBytes - Room.BytesOf(html) - Room.BytesOf(rest));
        return html.Append(rest).ToString();
    }

    private static string ReadAsset(string name)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(name)!;
        using StreamReader reader = new(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }

    /// <summary>Returns what a Content-Security-Policy calls the text of an element, so that no other one is run.</summary>
    private static string HashOf(string text) => $"sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}";
}
