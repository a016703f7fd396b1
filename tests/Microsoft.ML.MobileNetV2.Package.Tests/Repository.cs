namespace Microsoft.ML.MobileNetV2.Package.Tests;

/// <summary>Finds files of the repository whose build the tests run from.</summary>
internal static class Repository
{
    private const string RootMark = "global.json";

    /// <summary>Gets the configuration that the tests were built in, as the build's output folder has it: "release" or "debug".</summary>
    internal static string Configuration { get; } = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar)).Name;

    internal static string PathOf(params string[] parts)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, RootMark)))
        {
            folder = Path.GetDirectoryName(folder);
        }

        return Path.Combine([folder ?? throw new DirectoryNotFoundException($"No folder above the tests holds '{RootMark}'."), .. parts]);
    }
}
