using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines labels whose values have the type <typeparamref name="T"/>.</summary>
internal abstract class LabelType<T> : LabelType
    where T : notnull
{
    /// <summary>Gets the order of classes that are no keys: ordinal or numeric, so that the order of rows has no effect.</summary>
    internal IComparer<T> Comparer { get; } = typeof(T) == typeof(string) ? (IComparer<T>)StringComparer.Ordinal : Comparer<T>.Default;

    /// <summary>Returns the name of a value: text that is the same in every culture, and different for every value.</summary>
    internal static string NameOf(T value) => value switch
    {
        DateTime or DateTimeOffset => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    internal static bool IsFinite(T value) => value switch
    {
        float number => float.IsFinite(number),
        double number => double.IsFinite(number),
        _ => true,
    };
}
