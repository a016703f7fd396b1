using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Holds what a trainer reads from a data view: features, labels and weights of all rows.</summary>
/// <param name="Features">The features, row by row.</param>
/// <param name="FeatureCount">Features of a row.</param>
/// <param name="Labels">The label of each row as the label column's reader gives it.</param>
/// <param name="Weights">The weight of each row; empty where all count the same.</param>
internal sealed record TrainingRows(float[] Features, int FeatureCount, IReadOnlyList<object> Labels, float[] Weights)
{
    /// <summary>Reads all rows once.</summary>
    /// <param name="view">Rows with features, label and, if there is one, weight.</param>
    /// <param name="featuresColumnName">Name of the features' column.</param>
    /// <param name="settings">The trainer's settings.</param>
    internal static TrainingRows Read(IDataView view, string featuresColumnName, TrainerSettings settings)
    {
        DataViewSchema.Column featuresColumn = view.Schema[featuresColumnName];
        DataViewSchema.Column labelColumn = LabelColumn.Find(view.Schema, settings.LabelColumnName);
        DataViewSchema.Column? weightColumn = FindWeight(view.Schema, settings.SampleWeightColumnName);
        List<DataViewSchema.Column> columns = [featuresColumn, labelColumn];
        if (weightColumn is { } found)
        {
            columns.Add(found);
        }

        using DataViewRowCursor cursor = view.GetRowCursor(columns);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(featuresColumn);
        Func<object?> getLabel = LabelColumn.CreateReader(cursor, labelColumn);
        ValueGetter<float>? getWeight = weightColumn is { } column ? cursor.GetGetter<float>(column) : null;
        RowCollector rows = new(((VectorDataViewType)featuresColumn.Type).Size);
        ProgressReporter progress = new(settings.Progress, TrainingPhase.ComputingFeatures, view.GetRowCount() ?? 0);
        while (cursor.MoveNext())
        {
            settings.CancellationToken.ThrowIfCancellationRequested();
            rows.Add(getFeatures, getLabel() ?? throw MissingLabel(cursor.Position, settings.LabelColumnName), getWeight);
            if (progress.IsDue)
            {
                progress.Report(rows.Count, epoch: 0, learningRate: 0, training: null, validation: null);
            }
        }

        return rows.ToRows(settings.LabelColumnName);
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

    private static InvalidOperationException MissingLabel(long row, string name) => new(
        FormattableString.Invariant($"Row {row}, column '{name}': the label is missing. Filter such rows out, or give them a label."));

    private sealed class RowCollector(int featureCount)
    {
        private readonly List<object> _labels = [];
        private readonly List<float> _weights = [];
        private float[] _features = [];
        private VBuffer<float> _row;

        internal int Count => _labels.Count;

        internal void Add(ValueGetter<VBuffer<float>> getFeatures, object label, ValueGetter<float>? getWeight)
        {
            getFeatures(ref _row);
            if ((Count + 1L) * featureCount > _features.Length)
            {
                Array.Resize(ref _features, checked((int)Math.Min(Array.MaxLength, Math.Max(_features.Length * 2L, 64L * featureCount))));
            }

            _row.CopyTo(_features.AsSpan(Count * featureCount, featureCount));
            _labels.Add(label);
            if (getWeight is not null)
            {
                float weight = 0;
                getWeight(ref weight);
                _weights.Add(weight);
            }
        }

        internal TrainingRows ToRows(string labelColumnName) => Count > 0
            ? new(_features[..(Count * featureCount)], featureCount, _labels, [.. _weights])
            : throw new InvalidOperationException(
                $"There is no row to train on: the data view with label column '{labelColumnName}' is empty, or all of its pictures are unreadable.");
    }
}
