using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Heads;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents rows of features with what a head should predict for them.</summary>
/// <param name="Features">The features, row by row.</param>
/// <param name="Classes">The index of the class of each row; empty where rows have any number of labels.</param>
/// <param name="Targets">The target of each output, row by row.</param>
/// <param name="Count">The number of rows.</param>
internal sealed record CalibrationRows(float[] Features, int[] Classes, float[] Targets, int Count)
{
    private static readonly string BinaryTask = new BinaryTask().Name;

    internal static bool IsBinary(NetworkHead head) => HeadProvenance.TryParse(head.Provenance)?.Task == BinaryTask;

    /// <exception cref="ArgumentOutOfRangeException">A column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">There is no row, or a label is none of the classes.</exception>
    internal static CalibrationRows Read(IDataView view, string featureColumnName, string labelColumnName, NetworkHead head)
    {
        DataViewSchema.Column label = LabelColumn.Find(view.Schema, labelColumnName);
        DataViewSchema.Column features = view.Schema[featureColumnName];
        PredictionTask task = head.LabelMode == LabelMode.MultiLabel ? new MultiLabelTask() : IsBinary(head) ? new BinaryTask() : new MulticlassTask();
        task.RequireForm(labelColumnName, label.Type is VectorDataViewType, label.Type);
        task.RequireLabels(label);
        RequireSize(label, head);
        using DataViewRowCursor cursor = view.GetRowCursor([label, features]);
        ValueGetter<VBuffer<float>> read = cursor.GetGetter<VBuffer<float>>(features);
        LabelBuffer labels = task.CreateLabels(cursor, label);
        List<float> values = [];
        List<int> indices = [];
        VBuffer<float> row = default;
        while (cursor.MoveNext())
        {
            read(ref row);
            float[] given = [.. row.DenseValues()];
            if (Array.Exists(given, float.IsNaN))
            {
                // An image that could not be read.
                continue;
            }

            values.AddRange(given);
            indices.Add(labels.Read());
            if (labels.FindError(indices[^1]) is { } error)
            {
                throw new InvalidOperationException(FormattableString.Invariant($"Row {cursor.Position}, column '{labelColumnName}': {error}"));
            }
        }

        return indices.Count > 0
            ? Create([.. values], labels, indices, head, labelColumnName)
            : throw new InvalidOperationException("There is no row to calibrate on: the data view is empty, or all of its images are unreadable.");
    }

    private static void RequireSize(DataViewSchema.Column label, NetworkHead head)
    {
        int expected = head.Layers[^1].UnitCount;
        if (label.Type is VectorDataViewType vector && vector.Size != expected)
        {
            throw new ArgumentOutOfRangeException(
                nameof(label), $"Schema mismatch for label column '{label.Name}': expected a vector of {expected}, which are the labels of the model, got {label.Type}");
        }
    }

    private static CalibrationRows Create(float[] features, LabelBuffer labels, List<int> indices, NetworkHead head, string labelColumnName)
    {
        switch (labels)
        {
            case VectorLabels vectors:
                return new(features, [], vectors.ValuesOf(indices), indices.Count);
            case NumberLabels numbers:
                return new(features, [], numbers.ValuesOf(indices), indices.Count);
            default:
                int[] classes = [.. indices.Select((index, row) => IndexOf(((ClassLabels)labels).NameOf(index), row, head, labelColumnName))];
                return new(features, classes, ToTargets(classes, head.Layers[^1].UnitCount), indices.Count);
        }
    }

    private static int IndexOf(string name, int row, NetworkHead head, string labelColumnName)
    {
        int index = head.OutputNames.ToList().IndexOf(name);
        return index >= 0 ? index : throw new InvalidOperationException(FormattableString.Invariant(
            $"Row {row}, column '{labelColumnName}': the label '{name}' is none of the {head.OutputNames.Count} classes of the model."));
    }

    private static float[] ToTargets(int[] classes, int classCount)
    {
        float[] targets = new float[classes.Length * classCount];
        for (int row = 0; row < classes.Length; row++)
        {
            targets[(row * classCount) + classes[row]] = 1;
        }

        return targets;
    }
}
