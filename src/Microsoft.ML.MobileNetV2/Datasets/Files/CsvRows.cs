using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Represents a row of a CSV file.</summary>
/// <param name="Line">The line that it begins in, from 1.</param>
/// <param name="Fields">The fields without their quotes.</param>
/// <param name="HasBadQuotes">Whether quotes are not as they should be.</param>
internal sealed record CsvRow(int Line, string[] Fields, bool HasBadQuotes);

/// <summary>Reads the rows of a CSV file.</summary>
internal static class CsvRows
{
    /// <summary>Reads the rows that are not blank.</summary>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    internal static IEnumerable<CsvRow> Read(string path, char separator)
    {
        bool hasBadQuotes = false;
        CsvConfiguration configuration = new(CultureInfo.InvariantCulture)
        {
            Delimiter = separator.ToString(),
            TrimOptions = TrimOptions.Trim,
            IgnoreBlankLines = false, // They count as lines.
            BadDataFound = _ => hasBadQuotes = true,
        };
        using StreamReader reader = Open(path);
        using CsvParser parser = new(reader, configuration);
        for (int line = 1; parser.Read(); line = parser.RawRow + 1)
        {
            hasBadQuotes = false;
            string[] fields = parser.Record!;
            if (fields.Length > 1 || fields[0].Length > 0)
            {
                yield return new(line, fields, hasBadQuotes);
            }
        }
    }

    private static StreamReader Open(string path)
    {
        if (Directory.Exists(path))
        {
            throw new FileNotFoundException($"The list of images '{path}' is a folder; expected a CSV file. ImageDataset.FromFolder and LoadImageFolder read folders.", path);
        }

        try
        {
            return new(path);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileNotFoundException($"The list of images '{path}' does not exist.", path, error);
        }
    }
}
