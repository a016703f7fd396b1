namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Parses the names of an enumeration's members, and nothing else: <see cref="Enum.Parse(Type, string)"/> also takes numbers and lists.</summary>
internal static class MemberName
{
    internal static bool TryParse<T>(string? text, out T member)
        where T : struct, Enum
    {
        object? parsed = TryParse(typeof(T), text);
        member = parsed is null ? default : (T)parsed;
        return parsed is not null;
    }

    /// <summary>Does so for any enumeration: generic methods are compiled anew for each.</summary>
    private static object? TryParse(Type enumeration, string? text) => Enum.GetNames(enumeration).Contains(text) ? Enum.Parse(enumeration, text!) : null;
}
