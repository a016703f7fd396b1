using System.CommandLine;

namespace Microsoft.ML.MobileNetV2.Tool.Shell;

/// <summary>The options that every command has.</summary>
internal static class GlobalOptions
{
    internal static Option<bool> Json { get; } = new("--json")
    {
        Description = "Write the result as JSON to the standard output; everything else goes to the standard error.",
        Recursive = true,
    };

    internal static Option<bool> Verbose { get; } = new("--verbose")
    {
        Description = "Show where an error came from.",
        Recursive = true,
    };
}
