using System.Globalization;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Draws curves over epochs as one SVG image that reads well on light and on dark ground.</summary>
internal static class LineChart
{
    private const int Width = 460;
    private const int Height = 260;
    private const int Left = 52;
    private const int Right = 16;
    private const int Top = 34;
    private const int Bottom = 40;

    private static readonly string[] Colors = ["#2f6fdb", "#d9762b"];

    /// <summary>Represents a curve; values that are missing leave a gap.</summary>
    internal sealed record Curve(string Name, double?[] Values);

    /// <summary>Represents a diagram of several curves.</summary>
    internal sealed record Panel(string Title, Curve[] Curves);

    /// <summary>Returns an SVG image with the panels side by side.</summary>
    internal static string Draw(IReadOnlyList<Panel> panels)
    {
        StringBuilder svg = new();
        int width = Width * panels.Count;
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {Height}\" width=\"{width}\" height=\"{Height}\" role=\"img\" ");
        svg.Append(CultureInfo.InvariantCulture, $"aria-label=\"{string.Join(", ", panels.Select(panel => panel.Title))} by epoch\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
        svg.Append("<style>svg{color:#1f2328;background:#fff}@media (prefers-color-scheme:dark){svg{color:#e6edf3;background:#0d1117}}</style>\n");
        for (int i = 0; i < panels.Count; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<g transform=\"translate({i * Width} 0)\">\n");
            Append(svg, panels[i]);
            svg.Append("</g>\n");
        }

        return svg.Append("</svg>\n").ToString();
    }

    private static void Append(StringBuilder svg, Panel panel)
    {
        double[] values = [.. panel.Curves.SelectMany(curve => curve.Values).OfType<double>()];
        (double least, double most) = values.Length > 0 ? (values.Min(), values.Max()) : (0, 1);
        if (most - least < 1e-9)
        {
            (least, most) = (least - 0.5, most + 0.5);
        }

        int count = Math.Max(2, panel.Curves.Max(curve => curve.Values.Length));
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"20\" fill=\"currentColor\" font-weight=\"600\">{panel.Title}</text>\n");
        AppendAxes(svg, least, most, count);
        for (int i = 0; i < panel.Curves.Length; i++)
        {
            AppendCurve(svg, panel.Curves[i], Colors[i % Colors.Length], least, most, count);
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right - (90 * (panel.Curves.Length - 1 - i))}\" y=\"20\" fill=\"{Colors[i % Colors.Length]}\" text-anchor=\"end\">{panel.Curves[i].Name}</text>\n");
        }
    }

    private static void AppendAxes(StringBuilder svg, double least, double most, int count)
    {
        const int Lines = 4;
        for (int i = 0; i <= Lines; i++)
        {
            double value = least + ((most - least) * i / Lines);
            double y = Y(value, least, most);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {y:0.#}H{Width - Right}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" fill=\"currentColor\" text-anchor=\"end\">{value:0.00}</text>\n");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - Bottom + 20}\" fill=\"currentColor\">1</text>");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Width - Right}\" y=\"{Height - Bottom + 20}\" fill=\"currentColor\" text-anchor=\"end\">epoch {count}</text>\n");
    }

    private static void AppendCurve(StringBuilder svg, Curve curve, string color, double least, double most, int count)
    {
        StringBuilder path = new();
        bool isGap = true;
        for (int i = 0; i < curve.Values.Length; i++)
        {
            if (curve.Values[i] is not { } value)
            {
                isGap = true;
                continue;
            }

            double x = Left + ((Width - Left - Right) * (double)i / (count - 1));
            path.Append(CultureInfo.InvariantCulture, $"{(isGap ? 'M' : 'L')}{x:0.#} {Y(value, least, most):0.#}");
            isGap = false;
        }

        if (path.Length > 0)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"{path}\" fill=\"none\" stroke=\"{color}\" stroke-width=\"2\" stroke-linejoin=\"round\"/>\n");
        }
    }

    private static double Y(double value, double least, double most) => Height - Bottom - ((Height - Top - Bottom) * (value - least) / (most - least));
}
