using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines labels that ML.NET holds as <typeparamref name="TRaw"/>.</summary>
internal sealed class StoredLabelType<TRaw, T>(Func<TRaw, T> convert, Func<TRaw, bool> isMissing) : LabelType<T>
    where TRaw : notnull
    where T : notnull
{
    internal override Type RawType => typeof(TRaw);

    internal override ClassLabels ReadValues(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TRaw> getter = row.GetGetter<TRaw>(column);
        DistinctValues<T> values = new();
        TRaw value = default!;
        return new ClassLabels<T>(this, values, Read, isKey: false);

        int Read()
        {
            getter(ref value);
            return isMissing(value) ? -1 : values.Add(convert(value));
        }
    }

    internal override ClassLabels ReadKeys(Func<ulong> readKey, DataViewSchema.Column column)
    {
        VBuffer<TRaw> buffer = default;
        column.Annotations.GetValue(LabelColumn.KeyValues, ref buffer);
        DistinctValues<T> values = new();
        foreach (TRaw raw in buffer.DenseValues())
        {
            T value = convert(raw);
            if (values.IndexOf(value) >= 0)
            {
                throw new InvalidOperationException($"Label column '{column.Name}' has several keys for the value '{NameOf(value)}'; each key needs a value of its own.");
            }

            values.Add(value);
        }

        return new ClassLabels<T>(this, values, () => (int)readKey() - 1, isKey: true);
    }

    internal override Func<string> CreateNameReader(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<TRaw> getter = row.GetGetter<TRaw>(column);
        TRaw value = default!;
        return () =>
        {
            getter(ref value);
            return isMissing(value) ? string.Empty : NameOf(convert(value));
        };
    }

    internal override IEnumerable<string> NamesOfKeys(DataViewSchema.Column column)
    {
        VBuffer<TRaw> values = default;
        column.Annotations.GetValue(LabelColumn.KeyValues, ref values);
        return values.DenseValues().Select(value => NameOf(convert(value)));
    }

    internal override IDataView CreateKeyData(MLContext context, DataViewSchema.Column column)
    {
        VBuffer<TRaw> values = default;
        column.Annotations.GetValue(LabelColumn.KeyValues, ref values);
        return context.Data.LoadFromEnumerable(values.DenseValues().Select(value => new Row { Value = value }).ToArray());
    }

    internal override void PromiseKeyValues(SchemaDefinition.Column column, int count) => column.AddAnnotation(
        LabelColumn.KeyValues, new VBuffer<TRaw>(count, new TRaw[count]), new VectorDataViewType(FindItemType(), count));

    private static PrimitiveDataViewType FindItemType() => (PrimitiveDataViewType)SchemaDefinition.Create(typeof(Row))[nameof(Row.Value)].ColumnType;

    private sealed class Row
    {
        public TRaw Value { get; set; } = default!;
    }
}
