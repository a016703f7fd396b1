using System.Text.RegularExpressions;

namespace Microsoft.ML.MobileNetV2.Package.Tests.GettingStarted;

/// <summary>Is a program that a page shows together with what it prints.</summary>
/// <param name="Project">The name of the project that it is the program of.</param>
/// <param name="Package">The package that it is given.</param>
/// <param name="Code">The code.</param>
/// <param name="Output">The lines that it prints.</param>
internal sealed partial record RunnableBlock(string Project, string Package, string Code, IReadOnlyList<string> Output)
{
    /// <summary>Returns the programs of a page that comments in the page mark as such, in their order.</summary>
    internal static IReadOnlyList<RunnableBlock> Read(string page) =>
    [
        .. Program().Matches(page).Select(match => new RunnableBlock(
            match.Groups["project"].Value, match.Groups["package"].Value, match.Groups["code"].Value, match.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))),
    ];

    [GeneratedRegex(
        @"^dotnet add package (?<package>\S+)$.*?<!-- runs as (?<project>\w+)/Program\.cs -->\s+```csharp\n(?<code>.*?)^```$.*?<!-- prints -->\s+```\n(?<output>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Program();
}
