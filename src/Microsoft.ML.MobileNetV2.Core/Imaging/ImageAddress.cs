namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Recognizes what is given as the path of a file but is none.</summary>
internal static class ImageAddress
{
    private const int MostCharacters = 100;

    /// <summary>Returns what to say about an address or a home folder; null where the text may be a path.</summary>
    internal static string? Refusal(string path) => path switch
    {
        _ when path.Contains("://", StringComparison.Ordinal) || path.StartsWith("data:", StringComparison.OrdinalIgnoreCase) =>
            $"'{Shorten(path)}' is an address, which is not read. Give the path of a file, or pass the bytes or a stream.",
        ['~', '/' or '\\', ..] => $"'{Shorten(path)}' does not exist: '~' is not replaced. Write out the home folder.",
        _ => null,
    };

    private static string Shorten(string path) => path.Length <= MostCharacters ? path : string.Concat(path.AsSpan(0, MostCharacters), "…");
}
