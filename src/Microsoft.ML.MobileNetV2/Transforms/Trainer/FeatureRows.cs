using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads training rows whose features are given.</summary>
internal static class FeatureRows
{
    internal static TrainingRows Read(IDataView view, TrainingColumns columns, PredictionTask task, TrainerSettings settings)
    {
        DataViewSchema.Column featuresColumn = view.Schema[settings.Options.ImageColumnName];
        int featureCount = ((VectorDataViewType)featuresColumn.Type).Size;
        using DataViewRowCursor cursor = columns.Open(view, featuresColumn);
        LabelBuffer labels = columns.CreateLabels(cursor, task);
        TrainingRowCollector rows = new(settings, labels, featureCount, view.GetRowCount() ?? 0);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(featuresColumn);
        Func<RowLabel> readLabel = columns.CreateReader(cursor, labels);
        VBuffer<float> buffer = default;
        float[] features = new float[featureCount];
        while (cursor.MoveNext())
        {
            rows.BeginRow();
            getFeatures(ref buffer);
            buffer.CopyTo(features);
            rows.Add(readLabel(), features);
            rows.EndRow();
        }

        return rows.ToRows();
    }
}
