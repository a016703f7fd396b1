using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tests.TestUtilities;

namespace Microsoft.ML.MobileNetV2.Tests.Conventions;

/// <summary>Tests neither wait for a time nor measure one: a busy machine would fail them.</summary>
[TestClass]
public sealed partial class TimeTests
{
    /// <summary>The one place that waits between two looks at what another process does.</summary>
    private static readonly string[] Exceptions = ["Polling.cs"];

    [TestMethod]
    public void Tests_NeitherSleepNorMeasureTime()
    {
        string[] projects = [.. Directory.GetDirectories(Repository.PathOf("tests")).Where(path => !path.EndsWith(".Benchmarks", StringComparison.Ordinal))];

        string[] violations = [.. from path in projects.SelectMany(project => Directory.EnumerateFiles(project, "*.cs", SearchOption.AllDirectories))
                                  where !Exceptions.Contains(Path.GetFileName(path))
                                  from call in Calls().Matches(File.ReadAllText(path))
                                  select $"{path}: {call.Value}"];

        Assert.IsEmpty(violations, string.Join(Environment.NewLine, violations));
    }

    [GeneratedRegex(@"\b(?:Thread\.Sleep|Task\.Delay|Stop[w]atch|Environment\.TickCount)\b")]
    private static partial Regex Calls();
}
