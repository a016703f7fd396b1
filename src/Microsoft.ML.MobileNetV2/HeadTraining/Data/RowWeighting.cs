using Microsoft.ML.MobileNetV2.Training;

namespace Microsoft.ML.MobileNetV2.HeadTraining;

/// <summary>Computes how much each row counts, from its own weight and from those of its classes.</summary>
internal static class RowWeighting
{
    /// <summary>Returns one weight a row; their mean is 1, so that weights do not change the learning rate.</summary>
    internal static float[] Compute(HeadDataset data, HeadTrainerOptions options)
    {
        double[]? classWeights = ClassWeightsOf(data, options);
        double[] weights = new double[data.RowCount];
        double sum = 0;
        for (int row = 0; row < weights.Length; row++)
        {
            weights[row] = data.WeightOf(row) * (classWeights is null ? 1 : ClassWeightOf(data.Targets, row, classWeights));
            sum += weights[row];
        }

        return sum > 0
            ? [.. weights.Select(weight => (float)(weight * weights.Length / sum))]
            : throw new ArgumentException("The weights of the classes leave no row that counts.", nameof(options));
    }

    private static double[]? ClassWeightsOf(HeadDataset data, HeadTrainerOptions options)
    {
        if (options.ClassWeights is { } given)
        {
            return [.. given.Select(weight => (double)weight)];
        }

        return options.BalanceClasses ? Balance(data) : null;
    }

    private static double[] Balance(HeadDataset data)
    {
        double[] counts = new double[data.Targets.OutputCount];
        Span<float> target = new float[counts.Length];
        for (int row = 0; row < data.RowCount; row++)
        {
            data.Targets.Write(row, target);
            for (int i = 0; i < counts.Length; i++)
            {
                counts[i] += target[i] * data.WeightOf(row);
            }
        }

        return [.. counts.Select(count => count > 0 ? 1 / count : 0)];
    }

    /// <summary>Returns the weight of a row's class; the mean of its labels' weights, or 1 for a row without labels.</summary>
    private static double ClassWeightOf(HeadTargets targets, int row, double[] classWeights)
    {
        if (targets.Kind == TargetKind.Classes)
        {
            return classWeights[targets.Classes[row]];
        }

        ReadOnlySpan<float> labels = targets.ValuesOf(row);
        double sum = 0;
        double count = 0;
        for (int i = 0; i < labels.Length; i++)
        {
            sum += labels[i] * classWeights[i];
            count += labels[i];
        }

        return count > 0 ? sum / count : classWeights.Average();
    }
}
