using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Writes text and numbers into HTML.</summary>
internal static class Html
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>Returns text in which nothing is markup, for content and for quoted attributes.</summary>
    internal static string Text(string text) => Encoder.Encode(text);

    /// <summary>Returns a fraction in percent; an en dash where it is not a number.</summary>
    internal static string Percent(double fraction) => double.IsFinite(fraction) ? fraction.ToString("0.0 %", CultureInfo.InvariantCulture) : "–";

    /// <summary>Returns a number with three digits; an en dash where it is not a number.</summary>
    internal static string Number(double value) => double.IsFinite(value) ? value.ToString("0.000", CultureInfo.InvariantCulture) : "–";
}
