namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Makes text safe to print.</summary>
internal static class Printable
{
    private const char Replacement = '\uFFFD';

    /// <summary>Returns text whose control characters, line breaks and tabs aside, are replaced.</summary>
    internal static string Of(string text) => Replace(text, character => char.IsControl(character) && character is not ('\n' or '\r' or '\t'));

    /// <summary>Returns text whose control characters are replaced, so that it is one line, and one field between tabs.</summary>
    internal static string LineOf(string text) => Replace(text, char.IsControl);

    private static string Replace(string text, Func<char, bool> isUnsafe) =>
        text.Any(isUnsafe) ? new([.. text.Select(character => isUnsafe(character) ? Replacement : character)]) : text;
}
