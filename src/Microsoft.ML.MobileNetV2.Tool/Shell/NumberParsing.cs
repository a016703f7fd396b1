using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Reads numbers as the invariant culture writes them, whatever the user's culture is: a script means the same everywhere.</summary>
internal static class NumberParsing
{
    /// <summary>Reads the number of an option.</summary>
    internal static T Parse<T>(ArgumentResult argument)
        where T : struct, INumber<T>, IMinMaxValue<T> => Parse<T>(argument, argument.Tokens is [Token token, ..] ? token.Value : string.Empty);

    /// <summary>Reads the number of an option that has none unless it is given.</summary>
    internal static T? ParseOptional<T>(ArgumentResult argument)
        where T : struct, INumber<T>, IMinMaxValue<T> => Parse<T>(argument);

    /// <summary>Reads the numbers of an option that takes several.</summary>
    internal static T[] ParseAll<T>(ArgumentResult argument)
        where T : struct, INumber<T>, IMinMaxValue<T> => [.. argument.Tokens.Select(token => Parse<T>(argument, token.Value))];

    private static T Parse<T>(ArgumentResult argument, string text)
        where T : struct, INumber<T>, IMinMaxValue<T>
    {
        if (!T.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out T number))
        {
            string expected = T.IsInteger(T.One / (T.One + T.One)) ? $"a whole number up to {T.MaxValue}" : "a number such as 0.5";
            argument.AddError($"{(argument.Parent as OptionResult)?.Option.Name} is '{text}'; expected {expected}.");
        }

        return number;
    }
}
