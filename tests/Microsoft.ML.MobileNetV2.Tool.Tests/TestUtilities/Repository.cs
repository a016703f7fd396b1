namespace Microsoft.ML.MobileNetV2.Tool.Tests.TestUtilities;

/// <summary>Finds files of the repository whose build the tests run from.</summary>
internal static class Repository
{
    private const string RootMark = "global.json";

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
