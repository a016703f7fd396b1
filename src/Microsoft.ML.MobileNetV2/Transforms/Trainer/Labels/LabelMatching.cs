using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Makes labels comparable to predicted labels: keys of the same values.</summary>
internal static class LabelMatching
{
    /// <summary>Returns a view whose labels are keys of the values that the predicted labels have.</summary>
    /// <param name="scored">Rows with labels and predicted labels.</param>
    /// <param name="labelColumnName">The name of the label column.</param>
    /// <param name="predictedLabelColumnName">The name of the column with the predicted labels.</param>
    /// <exception cref="ArgumentOutOfRangeException">A column is missing, or its type is none of a label or unlike that of the predicted label.</exception>
    internal static IDataView Match(IDataView scored, string labelColumnName, string predictedLabelColumnName)
    {
        DataViewSchema.Column label = LabelColumn.Find(scored.Schema, labelColumnName, LabelColumn.Role, nameof(labelColumnName));
        DataViewSchema.Column predicted = LabelColumn.Find(scored.Schema, predictedLabelColumnName, "predicted label", nameof(predictedLabelColumnName));
        if (predicted.Type is not KeyDataViewType)
        {
            throw new ArgumentOutOfRangeException(
                nameof(predictedLabelColumnName),
                $"Schema mismatch for predicted label column '{predicted.Name}': expected key, got {predicted.Type}. Evaluate before MapKeyToValue.");
        }

        LabelType? type = LabelColumn.TypeOf(predicted);
        if (AreNumbersOf(label, predicted, type))
        {
            return scored;
        }

        if (LabelColumn.TypeOf(label) != type)
        {
            throw new ArgumentOutOfRangeException(
                nameof(labelColumnName),
                $"Schema mismatch for label column '{label.Name}': expected {LabelColumn.Describe(predicted)} or its values, got {LabelColumn.Describe(label)}");
        }

        return type is null ? scored : MapToKey(scored, label, type, predicted);
    }

    /// <summary>Returns whether labels are keys without values, and the predicted labels the numbers of such keys: those of a model that was trained on them.</summary>
    private static bool AreNumbersOf(DataViewSchema.Column label, DataViewSchema.Column predicted, LabelType? type)
    {
        if (label.Type is not KeyDataViewType keys || LabelColumn.TypeOf(label) is not null || type != LabelColumn.Numbers)
        {
            return false;
        }

        string[] numbers = [.. type.NamesOfKeys(predicted)];
        return keys.Count <= (ulong)numbers.Length && numbers.Index().All(number => number.Item == (number.Index + 1).ToString(CultureInfo.InvariantCulture));
    }

    private static IDataView MapToKey(IDataView scored, DataViewSchema.Column label, LabelType type, DataViewSchema.Column predicted)
    {
        MLContext context = new();
        IDataView values = label.Type is KeyDataViewType ? context.Transforms.Conversion.MapKeyToValue(label.Name).Fit(scored).Transform(scored) : scored;
        return context.Transforms.Conversion.MapValueToKey(label.Name, keyData: type.CreateKeyData(context, predicted)).Fit(values).Transform(values);
    }
}
