using System.Globalization;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports.Sections;

/// <summary>The reliability diagram: how often the model is right when it is how sure.</summary>
internal static class ReliabilitySection
{
    private const int Size = 320;
    private const int Margin = 44;
    private const int Inner = Size - Margin - 22;

    internal static void Append(StringBuilder html, ClassificationEvaluation evaluation)
    {
        html.Append("<section aria-labelledby=\"reliability-title\">\n<h2 id=\"reliability-title\">Reliability</h2>\n");
        if (evaluation.ReliabilityBins.Count == 0)
        {
            html.Append("<p>The scores of this model are no probabilities, so that there is nothing to compare.</p>\n</section>\n");
            return;
        }

        html.Append("<p>How often the model is right when it is how sure. Bars below the line: it is too sure of itself.</p>\n<div class=\"beside reliability\">\n");
        html.Append(CultureInfo.InvariantCulture, $"<svg viewBox=\"0 0 {Size} {Size}\" width=\"{Size}\" height=\"{Size}\" role=\"img\" aria-label=\"Accuracy by confidence; the same numbers are in the table beside it\">\n");
        AppendAxes(html);
        foreach (ReliabilityBin bin in evaluation.ReliabilityBins.Where(bin => bin.Count > 0))
        {
            html.Append(CultureInfo.InvariantCulture, $"<rect class=\"value\" x=\"{X(bin.Lower) + 1:0.#}\" y=\"{Y(bin.Accuracy):0.#}\" width=\"{X(bin.Upper) - X(bin.Lower) - 2:0.#}\" height=\"{Y(0) - Y(bin.Accuracy):0.#}\"/>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<path class=\"ideal\" d=\"M{X(0):0.#} {Y(0):0.#}L{X(1):0.#} {Y(1):0.#}\"/>\n</svg>\n");
        AppendTable(html, evaluation);
        html.Append("</div>\n</section>\n");
    }

    private static void AppendAxes(StringBuilder html)
    {
        foreach (double value in (double[])[0, 0.25, 0.5, 0.75, 1])
        {
            html.Append(CultureInfo.InvariantCulture, $"<path class=\"grid\" d=\"M{X(0):0.#} {Y(value):0.#}H{X(1):0.#}\"/><text x=\"{X(0) - 6:0.#}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{value:0 %}</text>");
            html.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(value):0.#}\" y=\"{Y(0) + 16:0.#}\" text-anchor=\"middle\">{value:0 %}</text>\n");
        }

        html.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(0.5):0.#}\" y=\"{Size - 4}\" text-anchor=\"middle\">confidence</text>\n");
    }

    private static void AppendTable(StringBuilder html, ClassificationEvaluation evaluation)
    {
        html.Append($"{Html.ScrollStart("reliability-title")}<table>\n<thead><tr><th scope=\"col\">confidence</th><th scope=\"col\">images</th><th scope=\"col\">mean confidence</th><th scope=\"col\">accuracy</th></tr></thead>\n<tbody>\n");
        foreach (ReliabilityBin bin in evaluation.ReliabilityBins.Where(bin => bin.Count > 0))
        {
            html.Append($"<tr><th scope=\"row\">{Html.Percent(bin.Lower)} to {Html.Percent(bin.Upper)}</th><td>{bin.Count}</td><td>{Html.Percent(bin.Confidence)}</td><td>{Html.Percent(bin.Accuracy)}</td></tr>\n");
        }

        html.Append("</tbody>\n</table>\n</div>\n");
    }

    private static double X(double value) => Margin + (Inner * value);

    private static double Y(double value) => Size - Margin - (Inner * value);
}
