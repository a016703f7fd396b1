namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents classes whose values have the type <typeparamref name="T"/>.</summary>
internal sealed class ClassList<T> : ClassList
    where T : notnull
{
    private readonly DistinctValues<T> _values = new();

    internal ClassList(IEnumerable<T> values)
    {
        foreach (T value in values)
        {
            _values.Add(value);
        }

        Names = [.. _values.All.Select(LabelType<T>.NameOf)];
    }

    internal override IReadOnlyList<string> Names { get; }

    internal override int[] IndicesOf(TrainingRows rows, string columnName)
    {
        var labels = (ClassLabels<T>)rows.Labels;
        string owner = rows.Teaching is null ? "training rows" : "teacher";
        return [.. rows.LabelIndices.Select((label, row) => labels.IsMissing(label) ? rows.Teaching!.BestClassOf(row) : IndexOf(labels.ValueOf(label), row))];

        int IndexOf(T value, int row) => _values.IndexOf(value) is >= 0 and int index ? index : throw new InvalidOperationException(FormattableString.Invariant(
            $"Row {rows.Positions[row]}, column '{columnName}': the label '{LabelType<T>.NameOf(value)}' is not among the {Names.Count} classes of the {owner}."));
    }

    internal override IEstimator<ITransformer> MapToLabel(MLContext context, string outputColumnName)
    {
        // MapValue on pairs turns the values of its keys into text; a lookup whose values are keys already keeps their type.
        IDataView values = context.Data.LoadFromEnumerable(_values.All.Select((value, index) => new Pair { Key = (uint)index, Value = value }));
        IDataView lookup = context.Transforms.Conversion.MapValueToKey(nameof(Pair.Value), maximumNumberOfKeys: Names.Count).Fit(values).Transform(values);
        return context.Transforms.Conversion.MapValue(
            outputColumnName, lookup, lookup.Schema[nameof(Pair.Key)], lookup.Schema[nameof(Pair.Value)], ScoreColumns.Class);
    }

    private sealed class Pair
    {
        public uint Key { get; set; }

        public T Value { get; set; } = default!;
    }
}
