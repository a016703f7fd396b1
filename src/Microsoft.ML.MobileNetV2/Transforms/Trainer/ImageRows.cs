using Microsoft.ML.MobileNetV2.Caching;
using Microsoft.ML.MobileNetV2.FineTuning;
using Microsoft.ML.MobileNetV2.Inference;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Reads training rows of images, whose features are computed by several threads ahead of the reader.</summary>
internal static class ImageRows
{
    /// <param name="view">Rows with images and labels.</param>
    /// <param name="columns">The columns of labels and weights.</param>
    /// <param name="task">What is predicted.</param>
    /// <param name="settings">The trainer's settings.</param>
    /// <param name="featurizer">Says which column has the images, and what to do with those that cannot be read.</param>
    /// <param name="features">Computes features.</param>
    /// <param name="inputs">Takes what is computed where it is no features yet; null where it is.</param>
    /// <param name="teacher">Computes what is learned from; null for labels alone.</param>
    /// <param name="augmentation">Which views become further rows; null for none.</param>
    internal static TrainingRows Read(
        IDataView view, TrainingColumns columns, PredictionTask task, TrainerSettings settings, ImageNetworkSettings featurizer, ImageFeatures features, InputCache? inputs, Teacher? teacher, ImageAugmentationOptions? augmentation)
    {
        DataViewSchema.Column imageColumn = ImageColumn.Find(view.Schema, featurizer);
        UnreadableImagePolicy policy = new(featurizer);
        using DataViewRowCursor cursor = columns.Open(view, imageColumn);
        LabelBuffer labels = columns.CreateLabels(cursor, task);
        TrainingRowCollector rows = new(settings, labels, features.FeatureCount, view.GetRowCount() ?? 0, inputs);
        Action<ImageInput> readImage = ImageColumn.CreateReader(cursor, imageColumn, featurizer);
        PixelRangeWatch pixelRange = new(featurizer);
        Func<RowLabel> readLabel = columns.CreateReader(cursor, labels);
        IImageComputation computation = features.WithViews(augmentation, settings.Options.CancellationToken);
        int featureCount = computation.OutputCount;
        computation = teacher is null ? computation : new ComputationPair(computation, teacher.WithViews(augmentation, settings.Options.CancellationToken));
        using LookAhead<LabeledWorkItem> images = new(featurizer.Engine.MaxDegreeOfParallelism, () => new(computation), TryRead);
        while (images.MoveNext())
        {
            rows.BeginRow();
            LabeledWorkItem slot = images.Current;
            if (policy.Accept(slot))
            {
                policy.ThrowIfFailed(slot);
                rows.Add(slot.Label, slot.Output[..featureCount], slot.Output[featureCount..]);
            }

            rows.EndRow();
        }

        pixelRange.End();
        return rows.ToRows(teacher);

        bool TryRead(LabeledWorkItem slot)
        {
            if (!cursor.MoveNext())
            {
                return false;
            }

            slot.Index = cursor.Position;
            slot.Label = readLabel();
            readImage(slot.Input);
            pixelRange.Observe(slot.Input);
            return true;
        }
    }

    private sealed class LabeledWorkItem(IImageComputation computation) : ImageWorkItem(computation)
    {
        internal RowLabel Label { get; set; }
    }
}
