using System.Globalization;
using System.IO.Hashing;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads values of many types as text that is equal where they are, and empty where they are missing.</summary>
internal static class RowText
{
    /// <exception cref="ArgumentOutOfRangeException">The column is missing or of another type.</exception>
    internal static DataViewSchema.Column Find(DataViewSchema schema, string name, string role)
    {
        DataViewSchema.Column column = ColumnSearch.Find(schema, name, role, $"{role}ColumnName");
        return column.Type is KeyDataViewType || IsBytes(column.Type) || LabelType.Find(column.Type) is not null
            ? column
            : throw new ArgumentOutOfRangeException(
                $"{role}ColumnName",
                $"Schema mismatch for {role} column '{name}': expected key, String, Boolean, number, date, time or vector of Byte, got {column.Type}. Name a column such as the path of the image.");
    }

    /// <summary>Returns a method that reads the value of the current row.</summary>
    internal static Func<string> CreateReader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is KeyDataViewType)
        {
            return CreateKeyReader(row, column);
        }

        if (IsBytes(column.Type))
        {
            return CreateHashReader(row, column);
        }

        Func<string> readName = LabelType.Find(column.Type)!.CreateNameReader(row, column);
        return column.Type is TextDataViewType ? () => WithSlashes(readName()) : readName;
    }

    /// <summary>Reads the values of keys, whose numbers depend on the order of rows.</summary>
    private static Func<string> CreateKeyReader(DataViewRow row, DataViewSchema.Column column)
    {
        Func<ulong> readKey = KeyNumbers.CreateReader(row, column);
        if (LabelColumn.TypeOf(column) is not { } type)
        {
            return () => readKey() is > 0 and ulong key ? key.ToString(CultureInfo.InvariantCulture) : string.Empty;
        }

        string[] names = [string.Empty, .. type.NamesOfKeys(column).Select(WithSlashes)];
        return () => names[readKey()];
    }

    /// <summary>Makes the path of an image the same on every system.</summary>
    private static string WithSlashes(string text) => text.Replace('\\', '/');

    private static bool IsBytes(DataViewType type) => type is VectorDataViewType vector && vector.ItemType == NumberDataViewType.Byte;

    private static Func<string> CreateHashReader(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<VBuffer<byte>> getter = row.GetGetter<VBuffer<byte>>(column);
        VBuffer<byte> bytes = default;
        return () =>
        {
            getter(ref bytes);
            return Convert.ToHexString(XxHash128.Hash(bytes.IsDense ? bytes.GetValues() : [.. bytes.DenseValues()]));
        };
    }
}
