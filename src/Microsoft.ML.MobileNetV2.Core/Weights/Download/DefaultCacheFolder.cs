namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Finds the user's folder for files that can be downloaded again.</summary>
internal static class DefaultCacheFolder
{
    private const string Name = "microsoft.ml.mobilenetv2";

    internal static string Find(Func<string, string?> readVariable)
    {
        string root = OperatingSystem.IsWindows() ? Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData)
            : OperatingSystem.IsMacOS() ? InHome(readVariable, "Library", "Caches")
            : readVariable("XDG_CACHE_HOME") is { } cache && Path.IsPathRooted(cache) ? cache
            : InHome(readVariable, ".cache");
        return root.Length > 0
            ? Path.Combine(root, Name)
            : throw new WeightsDownloadException($"The user has no home folder to keep weights in. Set {WeightsDownloadOptions.CacheVariable} to a folder.");
    }

    private static string InHome(Func<string, string?> readVariable, params string[] parts) =>
        readVariable("HOME") is { Length: > 0 } home ? Path.Combine([home, .. parts]) : string.Empty;
}
