using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Reads images and labels from a CSV file.</summary>
internal sealed class CsvList(string path, ImageCsvOptions options)
{
    private const int MostProblems = 3;

    private readonly string _folder = options.BaseFolder ?? Path.GetDirectoryName(path) ?? string.Empty;
    private readonly List<LabeledImage> _images = [];
    private readonly List<ImageDatasetProblem> _problems = [];
    private readonly Dictionary<string, int> _lines = new(RealPath.Comparer);

    /// <exception cref="FileNotFoundException">The list does not exist.</exception>
    /// <exception cref="InvalidDataException">A column is missing, or no image can be used.</exception>
    internal ImageDataset Read(CancellationToken cancellationToken)
    {
        CsvColumns? columns = null;
        foreach (CsvRow row in CsvRows.Read(path, options.Separator))
        {
            cancellationToken.ThrowIfCancellationRequested();
            RequireText(row);
            if (columns is null)
            {
                bool hasHeader = options.HasHeader ?? (row.Fields.Length > 1 && !IsImage(row.Fields[0]));
                columns = CsvColumns.Find(path, hasHeader ? row.Fields : null, options);
                if (hasHeader)
                {
                    continue;
                }
            }

            if (Add(row, columns) is { } problem)
            {
                _problems.Add(new(path, problem, row.Line));
            }
        }

        return _images.Count > 0
            ? new(_images, _problems)
            : throw new InvalidDataException(
                $"'{path}' lists no image that can be used{(_problems.Count == 0 ? "; expected a path and a label in each line." : ":")}{string.Concat(_problems.Take(MostProblems).Select(problem => $" {problem.Message}"))}");
    }

    /// <summary>Refuses what no text holds; in a path it would be an error of the program.</summary>
    private void RequireText(CsvRow row)
    {
        if (Array.Exists(row.Fields, field => field.Contains('\0', StringComparison.Ordinal)))
        {
            throw new InvalidDataException($"'{path}' is no text; expected a CSV file with the path of an image and a label in each line.");
        }

        // What stands for bytes that are no UTF-8 would become part of a label.
        if (Array.Exists(row.Fields, field => field.Contains('\uFFFD', StringComparison.Ordinal)))
        {
            throw new InvalidDataException(FormattableString.Invariant($"'{path}', line {row.Line}: the text is not in UTF-8. Save the list as UTF-8."));
        }
    }

    private bool IsImage(string field) => ImageFormats.HasReadableExtension(field) || (field.Length > 0 && File.Exists(Locate(field)));

    /// <summary>Adds the image of a row; returns what is wrong with it instead.</summary>
    private string? Add(CsvRow row, CsvColumns columns)
    {
        if (row.HasBadQuotes)
        {
            return "a quote is not closed, or stands within a field without quotes. Put such a field into quotes, and double the quotes within.";
        }

        if (columns.FieldCount > row.Fields.Length)
        {
            return $"there are too few fields; expected the path of an image and a label with '{options.Separator}' between them.";
        }

        string image = row.Fields[columns.Image];
        string label = row.Fields[columns.Label];
        if (image.Length == 0 || label.Length == 0)
        {
            return $"the {(image.Length == 0 ? "path of the image" : "label")} is empty.";
        }

        if (ImageAddress.Refusal(image) is { } refusal)
        {
            return $"the image {refusal}";
        }

        return Add(row.Line, Locate(image), label, columns.Group is { } group ? row.Fields[group] : null);
    }

    private string? Add(int line, string image, string label, string? group)
    {
        if (FileFault.Find(new(image)) is { } fault)
        {
            return $"the image '{image}' {fault}";
        }

        if (!_lines.TryAdd(Path.GetFullPath(image), line))
        {
            return FormattableString.Invariant($"the image '{image}' is in line {_lines[Path.GetFullPath(image)]}, too. An image is taken once.");
        }

        _images.Add(new(image, label, group));
        return null;
    }

    /// <summary>Returns the path of an image from the folder that relative paths start from; also where Windows wrote it.</summary>
    private string Locate(string image)
    {
        string located = Path.Combine(_folder, image);
        return Path.DirectorySeparatorChar == '\\' || File.Exists(located) ? located : Path.Combine(_folder, image.Replace('\\', '/'));
    }
}
