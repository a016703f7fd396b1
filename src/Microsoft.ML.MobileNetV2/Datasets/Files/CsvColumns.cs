namespace Microsoft.ML.MobileNetV2.Datasets;

/// <summary>Represents the places of the fields in a row of a CSV file.</summary>
/// <param name="Image">The index of the path.</param>
/// <param name="Label">The index of the label.</param>
/// <param name="Group">The index of what keeps images together; null where there is none.</param>
internal sealed record CsvColumns(int Image, int Label, int? Group)
{
    /// <summary>Gets the number of fields that a row must have.</summary>
    internal int FieldCount { get; } = 1 + Math.Max(Math.Max(Image, Label), Group ?? 0);

    /// <param name="path">The path of the file.</param>
    /// <param name="header">The names of the columns; null where the file has none.</param>
    /// <param name="options">The options.</param>
    /// <exception cref="InvalidDataException">A column is missing.</exception>
    internal static CsvColumns Find(string path, string[]? header, ImageCsvOptions options) => new(
        Find(path, header, options.ImageColumnName, nameof(options.ImageColumnName)) ?? 0,
        Find(path, header, options.LabelColumnName, nameof(options.LabelColumnName)) ?? 1,
        Find(path, header, options.GroupColumnName, nameof(options.GroupColumnName)));

    private static int? Find(string path, string[]? header, string? name, string property)
    {
        if (name is null)
        {
            return null;
        }

        int index = Array.IndexOf(header ?? [], name);
        return index >= 0 ? index : throw new InvalidDataException(
            $"'{path}' has no column '{name}', which {property} names; {(header is null ? "its first line is no header" : $"its columns are {string.Join(", ", header.Select(column => $"'{column}'"))}")}.");
    }
}
