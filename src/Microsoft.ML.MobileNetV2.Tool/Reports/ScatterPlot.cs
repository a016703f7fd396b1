using System.Globalization;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Draws accuracy by cost as an SVG image, with the points that are worth their cost joined.</summary>
internal static class ScatterPlot
{
    private const int Width = 720;
    private const int Height = 420;
    private const int Left = 64;
    private const int Right = 150;
    private const int Top = 48;
    private const int Bottom = 48;
    private const int Lines = 5;

    /// <summary>Represents a point.</summary>
    internal sealed record Point(string Name, double Cost, double Accuracy, bool IsOnFront);

    /// <summary>Returns an SVG image. The axis of the cost is logarithmic.</summary>
    internal static string Draw(string title, IReadOnlyList<Point> points)
    {
        (double low, double high) = Widen(points.Min(point => point.Accuracy), points.Max(point => point.Accuracy), least: 0.05);
        (double near, double far) = Widen(points.Min(point => Math.Log(point.Cost)), points.Max(point => Math.Log(point.Cost)), least: 0.5);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{Html.Text(title)}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n");
        svg.Append("<style>svg{color:#1f2328;background:#fff}@media (prefers-color-scheme:dark){svg{color:#e6edf3;background:#0d1117}}</style>\n");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"24\" fill=\"currentColor\" font-weight=\"600\">{Html.Text(title)}</text>\n");
        for (int i = 0; i <= Lines; i++)
        {
            double accuracy = low + ((high - low) * i / Lines);
            double cost = near + ((far - near) * i / Lines);
            svg.Append(CultureInfo.InvariantCulture, $"<path d=\"M{Left} {Y(accuracy):0.#}H{Width - Right}\" stroke=\"currentColor\" stroke-opacity=\"0.15\"/><text x=\"{Left - 8}\" y=\"{Y(accuracy) + 4:0.#}\" fill=\"currentColor\" text-anchor=\"end\">{accuracy:0.0 %}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(cost):0.#}\" y=\"{Height - Bottom + 20}\" fill=\"currentColor\" text-anchor=\"middle\">{Math.Exp(cost):0}</text>\n");
        }

        Point[] front = [.. points.Where(point => point.IsOnFront).OrderBy(point => point.Cost)];
        svg.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{string.Join(' ', front.Select(point => string.Create(CultureInfo.InvariantCulture, $"{X(Math.Log(point.Cost)):0.#},{Y(point.Accuracy):0.#}")))}\" fill=\"none\" stroke=\"#2f6fdb\" stroke-width=\"2\"/>\n");
        foreach (Point point in points)
        {
            string fill = point.IsOnFront ? "#2f6fdb" : "#8b949e";
            svg.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{X(Math.Log(point.Cost)):0.#}\" cy=\"{Y(point.Accuracy):0.#}\" r=\"5\" fill=\"{fill}\"/><text x=\"{X(Math.Log(point.Cost)) + 9:0.#}\" y=\"{Y(point.Accuracy) + 4:0.#}\" fill=\"currentColor\">{Html.Text(point.Name)}</text>\n");
        }

        return svg.Append("</svg>\n").ToString();

        double X(double logCost) => Left + ((Width - Left - Right) * (logCost - near) / (far - near));

        double Y(double accuracy) => Height - Bottom - ((Height - Top - Bottom) * (accuracy - low) / (high - low));
    }

    /// <summary>Returns a range with room around the values, so that a point is never on its edge.</summary>
    private static (double Low, double High) Widen(double low, double high, double least)
    {
        double room = Math.Max(least, high - low) * 0.1;
        double missing = Math.Max(0, least - (high - low)) / 2;
        return (low - room - missing, high + room + missing);
    }
}
