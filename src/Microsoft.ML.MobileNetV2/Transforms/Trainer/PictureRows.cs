using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads training rows of pictures, whose features are computed by several threads ahead of the reader.</summary>
internal static class PictureRows
{
    /// <param name="view">Rows with pictures and labels.</param>
    /// <param name="columns">The columns of labels and weights.</param>
    /// <param name="settings">The trainer's settings.</param>
    /// <param name="featurizer">Says which column has the pictures, and what to do with those that cannot be read.</param>
    /// <param name="features">Computes features.</param>
    /// <param name="augmentation">Which views become further rows; null for none.</param>
    internal static TrainingRows Read(
        IDataView view, TrainingColumns columns, TrainerSettings settings, FeaturizerSettings featurizer, PictureFeatures features, ImageAugmentationOptions? augmentation)
    {
        DataViewSchema.Column pictureColumn = ImageColumn.Find(view.Schema, featurizer);
        UnreadableImagePolicy policy = new(featurizer);
        TrainingRowCollector rows = new(settings, features.FeatureCount, view.GetRowCount() ?? 0);
        using DataViewRowCursor cursor = columns.Open(view, pictureColumn);
        Action<ImageInput> readPicture = ImageColumn.CreateReader(cursor, pictureColumn);
        Func<RowLabel> readLabel = columns.CreateReader(cursor);
        IPictureComputation computation = features.WithViews(augmentation, settings.CancellationToken);
        using LookAhead<LabelledSlot> pictures = new(featurizer.Engine.MaxDegreeOfParallelism, () => new(computation), TryRead);
        while (pictures.MoveNext())
        {
            rows.BeginRow();
            LabelledSlot slot = pictures.Current;
            if (policy.Accept(slot))
            {
                policy.ThrowIfFailed(slot);
                rows.Add(slot.Label, slot.Output);
            }

            rows.EndRow();
        }

        return rows.ToRows();

        bool TryRead(LabelledSlot slot)
        {
            if (!cursor.MoveNext())
            {
                return false;
            }

            slot.Index = cursor.Position;
            slot.Label = readLabel();
            readPicture(slot.Input);
            return true;
        }
    }

    private sealed class LabelledSlot(IPictureComputation computation) : PictureSlot(computation)
    {
        internal RowLabel Label { get; set; }
    }
}
