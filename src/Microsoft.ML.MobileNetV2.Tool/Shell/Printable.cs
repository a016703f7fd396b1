namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>Makes text safe to print.</summary>
internal static class Printable
{
    /// <summary>Returns text whose control characters, line breaks and tabs aside, are replaced.</summary>
    internal static string Of(string text) => text.Any(IsControl)
        ? string.Create(text.Length, text, (characters, source) =>
        {
            for (int i = 0; i < source.Length; i++)
            {
                characters[i] = IsControl(source[i]) ? '\uFFFD' : source[i];
            }
        })
        : text;

    private static bool IsControl(char character) => char.IsControl(character) && character is not ('\n' or '\r' or '\t');
}
