namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

internal delegate Task ServerAnswer(ServerRequest request, Stream stream, CancellationToken end);

/// <summary>Is what a client asked the test's server for.</summary>
internal sealed record ServerRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    internal string? Range => Headers.GetValueOrDefault("Range");

    internal string? IfRange => Headers.GetValueOrDefault("If-Range");

    /// <summary>Gets the first byte that is asked for.</summary>
    internal int From => Range is { } range ? int.Parse(range["bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture) : 0;
}
