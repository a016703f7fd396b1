using System.Text.RegularExpressions;

namespace Microsoft.ML.MobileNetV2.Package.Tests.GettingStarted;

/// <summary>Is a program that a page shows together with the commands that make its project, and with what it prints or answers.</summary>
/// <param name="Template">The template of the project.</param>
/// <param name="Project">The name of the project.</param>
/// <param name="Package">The package that it is given.</param>
/// <param name="Code">The code.</param>
/// <param name="Output">The lines that it prints or answers.</param>
internal sealed partial record RunnableBlock(string Template, string Project, string Package, string Code, IReadOnlyList<string> Output)
{
    /// <summary>Returns the programs of a page that comments in the page mark as such, in their order.</summary>
    internal static IReadOnlyList<RunnableBlock> Read(string page) =>
    [
        .. Program().Matches(page).Select(match => new RunnableBlock(
            match.Groups["template"].Value,
            match.Groups["project"].Value,
            match.Groups["package"].Value,
            match.Groups["code"].Value,
            match.Groups["output"].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries))),
    ];

    [GeneratedRegex(
        @"^dotnet new (?<template>\w+) -o (?<project>\w+)\ndotnet add \k<project> package (?<package>\S+)\n```$" +
        @".*?<!-- runs as \k<project>/Program\.cs -->\s+```csharp\n(?<code>.*?)^```$" +
        @".*? --project \k<project>\b.*?^```text\n(?<output>.*?)^```$",
        RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Program();
}
