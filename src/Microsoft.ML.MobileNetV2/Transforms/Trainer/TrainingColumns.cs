using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Knows the columns that a trainer reads beside the images or features.</summary>
internal sealed class TrainingColumns
{
    private readonly DataViewSchema.Column _label;
    private readonly DataViewSchema.Column? _weight;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    internal TrainingColumns(DataViewSchema schema, TrainerSettings settings)
    {
        _label = LabelColumn.Find(schema, settings.Options.LabelColumnName);
        _weight = FindWeight(schema, settings.Options.ExampleWeightColumnName);
    }

    /// <summary>Opens a cursor on the label, the weight and one more column.</summary>
    internal DataViewRowCursor Open(IDataView view, DataViewSchema.Column inputColumn)
    {
        DataViewSchema.Column[] columns = _weight is { } weight ? [inputColumn, _label, weight] : [inputColumn, _label];
        return view.GetRowCursor(columns);
    }

    /// <summary>Returns a method that reads the present row's label and weight.</summary>
    internal Func<RowLabel> CreateReader(DataViewRow row)
    {
        Func<object?> getLabel = LabelColumn.CreateReader(row, _label);
        ValueGetter<float>? getWeight = _weight is { } column ? row.GetGetter<float>(column) : null;
        return () =>
        {
            float weight = 1;
            getWeight?.Invoke(ref weight);
            return new(row.Position, getLabel(), weight);
        };
    }

    private static DataViewSchema.Column? FindWeight(DataViewSchema schema, string? name)
    {
        if (name is null)
        {
            return null;
        }

        DataViewSchema.Column column = schema.GetColumnOrNull(name) ?? throw new ArgumentOutOfRangeException(nameof(name), $"Could not find weight column '{name}'");
        return column.Type == NumberDataViewType.Single
            ? column
            : throw new ArgumentOutOfRangeException(nameof(name), $"Schema mismatch for weight column '{name}': expected Single, got {column.Type}");
    }
}

/// <summary>Is what a row says beside its image.</summary>
/// <param name="Position">Position of the row.</param>
/// <param name="Value">The label as the label column's reader gives it; null where it is missing.</param>
/// <param name="Weight">How much the row counts.</param>
internal readonly record struct RowLabel(long Position, object? Value, float Weight);
