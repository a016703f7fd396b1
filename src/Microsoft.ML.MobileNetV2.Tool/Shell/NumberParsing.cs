using System.CommandLine.Parsing;
using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Reads numbers with a decimal point, whatever the user's culture writes: a script means the same everywhere.</summary>
internal static class NumberParsing
{
    internal static float ParseSingle(ArgumentResult argument) => (float)ParseDouble(argument);

    internal static float? ParseOptionalSingle(ArgumentResult argument) => ParseSingle(argument);

    internal static double ParseDouble(ArgumentResult argument)
    {
        string text = argument.Tokens is [Token token, ..] ? token.Value : string.Empty;
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
        {
            argument.AddError($"{(argument.Parent as OptionResult)?.Option.Name} is '{text}'; expected a number such as 0.5.");
        }

        return number;
    }
}
