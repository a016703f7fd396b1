using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines how labels of one type are read, and written to a model.</summary>
internal abstract class LabelType
{
    private static readonly Dictionary<Type, LabelType> Types = new LabelType[]
    {
        new StoredLabelType<ReadOnlyMemory<char>, string>(text => text.ToString(), text => text.IsEmpty),
        Of<bool>(),
        Of<sbyte>(),
        Of<byte>(),
        Of<short>(),
        Of<ushort>(),
        Of<int>(),
        Of<uint>(),
        Of<long>(),
        Of<ulong>(),
        new StoredLabelType<float, float>(number => number, float.IsNaN),
        new StoredLabelType<double, double>(number => number, double.IsNaN),
        Of<TimeSpan>(),
        Of<DateTime>(),
        Of<DateTimeOffset>(),
    }.ToDictionary(type => type.RawType);

    /// <summary>Gets the type in which ML.NET holds the labels.</summary>
    internal abstract Type RawType { get; }

    /// <summary>Returns how labels of a type are read; null where they cannot be classes.</summary>
    internal static LabelType? Find(DataViewType type) =>
        type is PrimitiveDataViewType and not KeyDataViewType ? Types.GetValueOrDefault(type.RawType) : null;

    /// <summary>Returns labels that are values.</summary>
    internal abstract ClassLabels ReadValues(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Returns labels that are keys of values.</summary>
    /// <param name="readKey">Reads the current row's key, from 1; 0 where it is missing.</param>
    /// <param name="column">The column, whose annotations have the values.</param>
    /// <exception cref="InvalidOperationException">Two keys have the same value.</exception>
    internal abstract ClassLabels ReadKeys(Func<ulong> readKey, DataViewSchema.Column column);

    /// <summary>Returns a method that reads the name of the current row's value: text that is different for every value, and empty for a missing one.</summary>
    internal abstract Func<string> CreateNameReader(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Returns the names of the values of a key column, in the order of the keys.</summary>
    internal abstract IEnumerable<string> NamesOfKeys(DataViewSchema.Column column);

    /// <summary>Returns a view with one column of the values of a key column.</summary>
    internal abstract IDataView CreateKeyData(MLContext context, DataViewSchema.Column column);

    /// <summary>Adds key values of this type to a column that an estimator promises.</summary>
    internal abstract void PromiseKeyValues(SchemaDefinition.Column column, int count);

    private static StoredLabelType<T, T> Of<T>()
        where T : notnull => new(value => value, _ => false);
}
