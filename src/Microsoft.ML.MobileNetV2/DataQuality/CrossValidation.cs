using Microsoft.ML.MobileNetV2.HeadTraining;

namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Computes probabilities for each row by a head that was trained on other rows.</summary>
/// <param name="table">The features.</param>
/// <param name="classes">The class of each row.</param>
/// <param name="classCount">The number of classes, at least 2.</param>
internal sealed class CrossValidation(FeatureTable table, int[] classes, int classCount)
{
    /// <summary>Returns the probabilities, row by row.</summary>
    /// <param name="foldCount">Into how many parts rows are divided.</param>
    /// <param name="seed">The seed of the division and of the training.</param>
    /// <param name="progress">Receives the number of parts that are done.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    internal float[] Predict(int foldCount, int seed, IProgress<int>? progress, CancellationToken cancellationToken)
    {
        int[] folds = Divide(foldCount, seed);
        float[] probabilities = new float[table.RowCount * classCount];
        HeadTrainer trainer = new(new() { EarlyStopping = null, Seed = seed });
        for (int fold = 0; fold < foldCount; fold++)
        {
            int[] training = [.. Enumerable.Range(0, table.RowCount).Where(row => folds[row] != fold)];
            int[] held = [.. Enumerable.Range(0, table.RowCount).Where(row => folds[row] == fold)];
            if (training.Length > 0 && held.Length > 0)
            {
                HeadDataset data = new(Take(training), table.FeatureCount, HeadTargets.FromClasses(Array.ConvertAll(training, row => classes[row]), classCount));
                float[] predicted = trainer.Fit(data, cancellationToken: cancellationToken).Head.Predict(Take(held));
                for (int i = 0; i < held.Length; i++)
                {
                    predicted.AsSpan(i * classCount, classCount).CopyTo(probabilities.AsSpan(held[i] * classCount));
                }
            }

            progress?.Report(fold + 1);
        }

        return probabilities;
    }

    /// <summary>Deals the rows of each class out to the parts, so that all have about as many of each.</summary>
    private int[] Divide(int foldCount, int seed)
    {
        Random random = new(seed);
        int[] folds = new int[table.RowCount];
        int next = 0;
        foreach (IGrouping<int, int> group in Enumerable.Range(0, table.RowCount).GroupBy(row => classes[row]).OrderBy(group => group.Key))
        {
            int[] rows = [.. group];
            random.Shuffle(rows);
            foreach (int row in rows)
            {
                folds[row] = next++ % foldCount;
            }
        }

        return folds;
    }

    private float[] Take(int[] rows)
    {
        float[] features = new float[rows.Length * table.FeatureCount];
        for (int i = 0; i < rows.Length; i++)
        {
            table.Values.Span.Slice(rows[i] * table.FeatureCount, table.FeatureCount).CopyTo(features.AsSpan(i * table.FeatureCount));
        }

        return features;
    }
}
