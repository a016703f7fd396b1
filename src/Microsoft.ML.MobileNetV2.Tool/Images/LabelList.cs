using System.Text.RegularExpressions;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Finds out from the first line of a list of images what stands between its fields, and which of them are paths and labels.</summary>
internal static partial class LabelList
{
    private const string ImageColumn = "path";
    private const string LabelColumn = "label";
    private const int MostCharacters = 4096;

    /// <summary>What spreadsheets write between fields; a comma where nothing tells.</summary>
    private static readonly char[] Separators = [',', ';', '\t'];

    /// <summary>Returns how to read a list.</summary>
    /// <param name="list">The path of the list.</param>
    /// <param name="folder">What paths in it start from.</param>
    internal static ImageCsvOptions Describe(string list, string folder)
    {
        string line = ReadFirstLine(list);
        string withoutQuoted = QuotedField().Replace(line, string.Empty);
        char separator = Separators.MaxBy(candidate => withoutQuoted.Count(character => character == candidate));
        string[] names = [.. line.Split(separator).Select(name => name.Trim().Trim('"'))];
        string? image = FindName(names, ImageColumn), label = FindName(names, LabelColumn);
        ImageCsvOptions options = new() { BaseFolder = folder, Separator = separator };
        if (image is not null && label is not null)
        {
            (options.HasHeader, options.ImageColumnName, options.LabelColumnName) = (true, image, label);
        }

        return options;
    }

    private static string? FindName(string[] names, string name) => Array.Find(names, candidate => candidate.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>Returns the first line that is not blank; an empty one where the list can be read only once, because another program writes it.</summary>
    private static string ReadFirstLine(string list)
    {
        if (InputPath.IsStream(list) || !HasContent(new FileInfo(list)))
        {
            return string.Empty;
        }

        using StreamReader reader = new(list);
        char[] start = new char[MostCharacters];
        int length = reader.ReadBlock(start);
        return new string(start, 0, length).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault(string.Empty);
    }

    /// <summary>Returns whether a file has a length; a pipe has none.</summary>
    private static bool HasContent(FileInfo file) => (file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file).Length > 0;

    [GeneratedRegex("\"[^\"]*\"")]
    private static partial Regex QuotedField();
}
