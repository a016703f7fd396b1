using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads training rows whose features are there already.</summary>
internal static class FeatureRows
{
    internal static TrainingRows Read(IDataView view, TrainingColumns columns, TrainerSettings settings)
    {
        DataViewSchema.Column featuresColumn = view.Schema[settings.Options.ImageColumnName];
        int featureCount = ((VectorDataViewType)featuresColumn.Type).Size;
        TrainingRowCollector rows = new(settings, featureCount, view.GetRowCount() ?? 0);
        using DataViewRowCursor cursor = columns.Open(view, featuresColumn);
        ValueGetter<VBuffer<float>> getFeatures = cursor.GetGetter<VBuffer<float>>(featuresColumn);
        Func<RowLabel> readLabel = columns.CreateReader(cursor);
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
