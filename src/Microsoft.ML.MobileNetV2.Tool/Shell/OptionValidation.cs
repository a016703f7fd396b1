using System.CommandLine;
using System.CommandLine.Parsing;
using System.Diagnostics.CodeAnalysis;
using System.Numerics;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Refuses values of options before a command runs.</summary>
internal static class OptionValidation
{
    /// <summary>Refuses values below a limit.</summary>
    internal static void RequireAtLeast<T>(this Option<T> option, T least)
        where T : struct, INumber<T> => option.Require(value => value >= least, FormattableString.Invariant($"expected at least {least}"));

    /// <summary>Refuses values outside of two limits, which are allowed themselves.</summary>
    internal static void RequireBetween<T>(this Option<T> option, T least, T most)
        where T : struct, INumber<T> => option.Require(value => value >= least && value <= most, FormattableString.Invariant($"expected {least} to {most}"));

    /// <summary>Refuses values that a condition does not hold for.</summary>
    internal static void Require<T>(this Option<T> option, Func<T, bool> isAllowed, string expected) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count > 0 && TryGet(result, out T? value) && !isAllowed(value))
        {
            result.AddError($"{option.Name} is {string.Join(' ', result.Tokens.Select(token => token.Value))}; {expected}.");
        }
    });

    private static bool TryGet<T>(OptionResult result, [NotNullWhen(true)] out T? value)
    {
        try
        {
            value = result.GetValueOrDefault<T>();
            return value is not null;
        }
        catch (InvalidOperationException)
        {
            // The parser reports itself what it cannot convert.
            value = default;
            return false;
        }
    }
}
