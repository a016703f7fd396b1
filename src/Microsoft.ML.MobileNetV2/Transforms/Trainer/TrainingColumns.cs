using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Finds the columns that a trainer reads in addition to the images or features.</summary>
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

    /// <summary>Returns a buffer for the labels of a cursor.</summary>
    internal LabelBuffer CreateLabels(DataViewRow row, PredictionTask task) => task.CreateLabels(row, _label);

    /// <summary>Returns a method that reads the current row's label and weight.</summary>
    internal Func<RowLabel> CreateReader(DataViewRow row, LabelBuffer labels)
    {
        ValueGetter<float>? getWeight = _weight is { } column ? row.GetGetter<float>(column) : null;
        return () =>
        {
            float weight = 1;
            getWeight?.Invoke(ref weight);
            return new(row.Position, labels.Read(), weight);
        };
    }

    private static DataViewSchema.Column? FindWeight(DataViewSchema schema, string? name)
    {
        if (name is null)
        {
            return null;
        }

        DataViewSchema.Column column = ColumnSearch.Find(schema, name, "weight", nameof(MobileNetV2TrainerOptions.ExampleWeightColumnName));
        return column.Type == NumberDataViewType.Single
            ? column
            : throw new ArgumentOutOfRangeException(nameof(name), $"Schema mismatch for weight column '{name}': expected Single, got {column.Type}");
    }
}
