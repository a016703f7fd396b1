namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds columns by their names.</summary>
internal static class ColumnSearch
{
    private const int MostNames = 10;

    /// <param name="schema">The columns that there are.</param>
    /// <param name="name">The name.</param>
    /// <param name="role">What the column is used for, such as "label".</param>
    /// <param name="option">The option or argument that has the name.</param>
    /// <exception cref="ArgumentOutOfRangeException">There is no such column; the message names those that there are.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, string name, string role, string option) =>
        schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(option, Describe(schema, name, role, option));

    private static string Describe(DataViewSchema schema, string name, string role, string option)
    {
        string[] names = [.. schema.Where(column => !column.IsHidden).Select(column => $"'{column.Name}'")];
        string more = names.Length > MostNames ? ", …" : string.Empty;
        return $"Could not find {role} column '{name}'. The columns are {string.Join(", ", names.Take(MostNames))}{more}; name one of them with {option}.";
    }
}
