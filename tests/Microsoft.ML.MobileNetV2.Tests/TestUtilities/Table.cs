namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Reads tables of test data.</summary>
internal static class Table
{
    /// <summary>Reads a table whose first line names the columns; tabs separate them.</summary>
    internal static IReadOnlyDictionary<string, string>[] Read(string path)
    {
        string[] lines = File.ReadAllLines(path);
        string[] names = lines[0].Split('\t');
        return [.. lines.Skip(1).Select(line => names.Zip(line.Split('\t')).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
