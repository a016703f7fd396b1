using System.Globalization;
using System.Numerics;
using System.Text;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Reads the numbers and text that pickle's protocol 0 writes as lines.</summary>
internal static class PickleNumbers
{
    private const int MaxDigits = 100;

    /// <summary>
    /// Returns a whole number of any length, as it lies in the file: little-endian. PyTorch's mark of the older format needs ten bytes; no size or index does.
    /// </summary>
    internal static object FromBytes(ReadOnlySpan<byte> bytes)
    {
        BigInteger value = new(bytes);
        return value >= long.MinValue && value <= long.MaxValue ? (long)value : (object)value;
    }

    /// <summary>Returns what a line of the opcode INT or LONG means: 00 and 01 are false and true.</summary>
    internal static object? FromLine(string line, bool isLong)
    {
        string digits = isLong ? line.TrimEnd('L') : line;
        return digits.Length > MaxDigits
            ? null
            : !isLong && line is "00" or "01"
                ? line == "01"
                : BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out BigInteger value)
                    ? FromBytes(value.ToByteArray())
                    : null;
    }

    internal static object? Float(string line) =>
        line.Length <= MaxDigits && double.TryParse(line, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : null;

    /// <summary>Returns the text of a line in quotes; what stands behind a backslash is kept as it is.</summary>
    internal static string Unquote(string line) => line.Length >= 2 && line[0] is '\'' or '"' ? line[1..^1] : line;

    /// <summary>Returns the text of a line in which characters are written as \u and four digits.</summary>
    internal static string Unescape(string line)
    {
        const int Length = 6;
        StringBuilder text = new();
        for (int i = 0; i < line.Length; i++)
        {
            if (line[i] == '\\'
                && i + Length <= line.Length
                && line[i + 1] == 'u'
                && ushort.TryParse(line.AsSpan(i + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ushort code))
            {
                text.Append((char)code);
                i += Length - 1;
            }
            else
            {
                text.Append(line[i]);
            }
        }

        return text.ToString();
    }
}
