namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>Represents lists of features as Parquet has them: all numbers, and levels that tell where a list begins and which one is missing.</summary>
/// <param name="Values">The numbers of all lists.</param>
/// <param name="DefinitionLevels">For each number, and for each missing list: which of both it is.</param>
/// <param name="RepetitionLevels">For each of them whether it begins a list.</param>
internal readonly record struct FeatureLists(float[] Values, int[] DefinitionLevels, int[] RepetitionLevels)
{
    private const int Begins = 0;
    private const int Continues = 1;

    /// <summary>Returns the lists of rows.</summary>
    internal static FeatureLists Of(IReadOnlyList<FeatureRow> rows)
    {
        float[] values = new float[rows.Sum(row => row.Features?.Length ?? 0)];
        int count = values.Length + rows.Count(row => row.Features is null);
        FeatureLists lists = new(values, new int[count], new int[count]);
        int value = 0, level = 0;
        foreach (float[]? features in rows.Select(row => row.Features))
        {
            int length = features?.Length ?? 0;
            features?.CopyTo(values, value);
            Array.Fill(lists.DefinitionLevels, FeatureColumns.Feature.MaxDefinitionLevel, level, length);
            Array.Fill(lists.RepetitionLevels, Continues, level, length);
            lists.RepetitionLevels[level] = Begins;
            value += length;
            level += Math.Max(1, length);
        }

        return lists;
    }

    /// <summary>Returns the features of each row; null for a missing list.</summary>
    /// <param name="values">The numbers of all lists.</param>
    /// <param name="definitionLevels">For each number, and for each missing list: which of both it is.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="featureCount">The number of features that each list must have.</param>
    /// <exception cref="InvalidDataException">A list has another length.</exception>
    internal static float[]?[] Split(ReadOnlySpan<float> values, ReadOnlySpan<int> definitionLevels, int rowCount, int featureCount)
    {
        float[]?[] lists = new float[]?[rowCount];
        int value = 0, level = 0;
        for (int row = 0; row < rowCount; row++)
        {
            if (level < definitionLevels.Length && definitionLevels[level] == 0)
            {
                level++;
                continue;
            }

            if (values.Length - value < featureCount)
            {
                throw new InvalidDataException(FormattableString.Invariant($"row {row} of a group has fewer than {featureCount} features."));
            }

            lists[row] = values.Slice(value, featureCount).ToArray();
            value += featureCount;
            level += featureCount;
        }

        return value == values.Length && level == definitionLevels.Length ? lists
            : throw new InvalidDataException(FormattableString.Invariant($"a group has {values.Length} features; {value} belong to its {rowCount} rows."));
    }
}
