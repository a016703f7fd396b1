using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The mistakes, with what in the image spoke for them.</summary>
internal static class GallerySection
{
    internal static void Append(StringBuilder html, EvaluationReport report)
    {
        html.Append("<section aria-labelledby=\"mistakes\">\n<h2 id=\"mistakes\" tabindex=\"-1\">Mistakes, the most confident first</h2>\n");
        if (report.Gallery.Count == 0)
        {
            html.Append("<p>There are none.</p>\n</section>\n");
            return;
        }

        html.Append("<p>Left the image, right what in it spoke for the class that was predicted: the brightest part most. The darker border is what the network does not see.</p>\n");
        html.Append($"<p class=\"filter\"><span id=\"gallery-status\" role=\"status\" aria-live=\"polite\">{report.Gallery.Count} images</span> <button type=\"button\" id=\"show-all\" hidden>Show all</button></p>\n<ul id=\"gallery\">\n");
        Dictionary<string, int> indices = report.Evaluation.Confusion.Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        foreach (ReportImage image in report.Gallery)
        {
            Append(html, image, report.NameOf(image.Image.Id), indices);
        }

        html.Append("</ul>\n</section>\n");
    }

    private static void Append(StringBuilder html, ReportImage image, string name, Dictionary<string, int> indices)
    {
        EvaluatedImage result = image.Image;
        string predicted = Html.Text(result.Predicted.Label);
        string verdict = result.IsRejected ? "rejected, at most" : "predicted";
        html.Append($"<li data-label=\"{indices[result.Label]}\" data-predicted=\"{(result.IsRejected ? "rejected" : indices[result.Predicted.Label])}\"><figure>\n");
        if (image is { Thumbnail: { } thumbnail, Overlay: { } overlay })
        {
            html.Append($"<div class=\"pair\"><img alt=\"{Html.Text(name)}\" src=\"{Jpeg(thumbnail)}\"><img alt=\"what speaks for {predicted}\" src=\"{Jpeg(overlay)}\"></div>\n");
        }

        html.Append($"<figcaption><span class=\"verdict\">{verdict} <strong>{predicted}</strong> {Html.Percent(result.Predicted.Score)}</span>");
        html.Append($"<span>is <strong>{Html.Text(result.Label)}</strong> {Html.Percent(result.LabelScore)}, place {result.LabelRank}</span><span class=\"name\">{Html.Text(name)}</span></figcaption>\n</figure></li>\n");
    }

    private static string Jpeg(byte[] bytes) => $"data:image/jpeg;base64,{Convert.ToBase64String(bytes)}";
}
