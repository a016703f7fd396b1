using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The mistakes, with what in the image spoke for them.</summary>
internal static class GallerySection
{
    /// <summary>The room for what is no image.</summary>
    private const long BytesAround = 2_000;

    /// <param name="html">What the section is appended to.</param>
    /// <param name="report">The report.</param>
    /// <param name="bytes">The room for it.</param>
    internal static void Append(StringBuilder html, EvaluationReport report, long bytes)
    {
        html.Append("<section aria-labelledby=\"mistakes\">\n<h2 id=\"mistakes\" tabindex=\"-1\">Mistakes, the most confident first</h2>\n");
        if (report.Gallery.Count == 0)
        {
            html.Append("<p>There are none.</p>\n</section>\n");
            return;
        }

        Dictionary<string, int> indices = report.Evaluation.Confusion.Classes.Index().ToDictionary(pair => pair.Item, pair => pair.Index, StringComparer.Ordinal);
        StringBuilder items = new();
        int leftOut = Room.Fill(items, report.Gallery.Select(image => CreateItem(image, report.NameOf(image.Image.Id), indices)), bytes - BytesAround);
        html.Append("<p>Left the image, right what in it spoke for the class that was predicted: the brightest part most. The darker border is what the network does not see.</p>\n");
        html.Append(leftOut > 0 ? $"<p id=\"left-out\">{leftOut} more mistakes are left out to keep the report small.</p>\n" : string.Empty);
        html.Append($"<p class=\"filter\"><span id=\"gallery-status\" role=\"status\" aria-live=\"polite\">{report.Gallery.Count - leftOut} images</span> <button type=\"button\" id=\"show-all\" hidden>Show all</button></p>\n<ul id=\"gallery\">\n");
        html.Append(items).Append("</ul>\n</section>\n");
    }

    private static string CreateItem(ReportImage image, string name, Dictionary<string, int> indices)
    {
        EvaluatedImage result = image.Image;
        string predicted = Html.Name(result.Predicted.Label);
        string verdict = result.IsRejected ? "rejected, at most" : "predicted";
        string pair = image is { Thumbnail: { } thumbnail, Overlay: { } overlay }
            ? $"<div class=\"pair\"><img alt=\"{Html.Text(name)}\" src=\"{Jpeg(thumbnail)}\"><img alt=\"what speaks for {predicted}\" src=\"{Jpeg(overlay)}\"></div>\n"
            : string.Empty;
        return $"<li data-label=\"{indices[result.Label]}\" data-predicted=\"{(result.IsRejected ? "rejected" : indices[result.Predicted.Label])}\"><figure>\n{pair}"
            + $"<figcaption><span class=\"verdict\">{verdict} <strong>{predicted}</strong> {Html.Percent(result.Predicted.Score)}</span>"
            + $"<span>is <strong>{Html.Name(result.Label)}</strong> {Html.Percent(result.LabelScore)}, place {result.LabelRank}</span><span class=\"name\">{Html.Text(name)}</span></figcaption>\n</figure></li>\n";
    }

    private static string Jpeg(byte[] bytes) => $"data:image/jpeg;base64,{Convert.ToBase64String(bytes)}";
}
