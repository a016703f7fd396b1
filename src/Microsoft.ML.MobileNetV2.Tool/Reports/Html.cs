using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Writes text and numbers into HTML.</summary>
internal static class Html
{
    private const int LongestName = 300;

    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Returns text in which nothing is markup, for content and for quoted attributes.</summary>
    internal static string Text(string text) => Encoder.Encode(text);

    /// <summary>Returns a name as text; one that is longer than any that people give is cut.</summary>
    /// <param name="name">The name.</param>
    /// <param name="most">The most characters.</param>
    internal static string Name(string name, int most = LongestName) => Text(name.Length <= most ? name : $"{name.AsSpan(0, most - 1)}…");

    /// <summary>Returns the start of an element for a table, which can be scrolled sideways by keyboard, too.</summary>
    /// <param name="titleId">The id of the heading that names it.</param>
    internal static string ScrollStart(string titleId) => $"<div class=\"scroll\" role=\"group\" aria-labelledby=\"{titleId}\" tabindex=\"0\">\n";

    /// <summary>Returns a fraction in percent; an en dash where it is not a number.</summary>
    internal static string Percent(double fraction) => double.IsFinite(fraction) ? fraction.ToString("0.0 %", CultureInfo.InvariantCulture) : "–";

    /// <summary>Returns a number with three digits; an en dash where it is not a number.</summary>
    internal static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
