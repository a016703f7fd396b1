using System.Buffers;

namespace Microsoft.ML.MobileNetV2.Tool.Features;

/// <summary>
/// Represents lists of features as Parquet has them: all numbers, and levels that tell where a list begins and which one is missing. Its memory, some
/// megabytes for each group of rows, is used again.
/// </summary>
internal sealed class FeatureLists : IDisposable
{
    private const int Begins = 0;
    private const int Continues = 1;

    private readonly float[] _values;
    private readonly int[] _definitionLevels;
    private readonly int[] _repetitionLevels;
    private readonly int _levelCount;

    /// <param name="valueCount">The number of numbers.</param>
    /// <param name="levelCount">The number of numbers and missing lists.</param>
    internal FeatureLists(int valueCount, int levelCount)
    {
        _values = ArrayPool<float>.Shared.Rent(valueCount);
        _definitionLevels = ArrayPool<int>.Shared.Rent(levelCount);
        _repetitionLevels = ArrayPool<int>.Shared.Rent(levelCount);
        Values = _values.AsMemory(0, valueCount);
        _levelCount = levelCount;
    }

    /// <summary>Gets the numbers of all lists.</summary>
    internal Memory<float> Values { get; }

    /// <summary>Gets for each number, and for each missing list, which of both it is.</summary>
    internal Memory<int> DefinitionLevels => _definitionLevels.AsMemory(0, _levelCount);

    /// <summary>Gets for each of them whether it begins a list.</summary>
    internal Memory<int> RepetitionLevels => _repetitionLevels.AsMemory(0, _levelCount);

    /// <summary>Returns the lists of rows.</summary>
    internal static FeatureLists Of(IReadOnlyList<FeatureRow> rows)
    {
        int valueCount = rows.Sum(row => row.Features?.Length ?? 0);
        FeatureLists lists = new(valueCount, valueCount + rows.Count(row => row.Features is null));
        Span<float> values = lists.Values.Span;
        Span<int> definitionLevels = lists.DefinitionLevels.Span, repetitionLevels = lists.RepetitionLevels.Span;
        foreach (float[]? features in rows.Select(row => row.Features))
        {
            int length = features?.Length ?? 0, levels = Math.Max(1, length);
            features?.CopyTo(values);
            definitionLevels[..levels].Fill(length == 0 ? 0 : FeatureColumns.Feature.MaxDefinitionLevel);
            repetitionLevels[..levels].Fill(Continues);
            repetitionLevels[0] = Begins;
            values = values[length..];
            definitionLevels = definitionLevels[levels..];
            repetitionLevels = repetitionLevels[levels..];
        }

        return lists;
    }

    /// <summary>Returns the features of each row; null for a missing list.</summary>
    /// <param name="rowCount">The number of rows.</param>
    /// <param name="featureCount">The number of features that each list must have.</param>
    /// <exception cref="InvalidDataException">A list has another length.</exception>
    internal float[]?[] Split(int rowCount, int featureCount)
    {
        ReadOnlySpan<int> levels = DefinitionLevels.Span;
        ReadOnlySpan<float> values = Values.Span[..levels.Count(FeatureColumns.Feature.MaxDefinitionLevel)];
        float[]?[] lists = new float[]?[rowCount];
        for (int row = 0; row < rowCount; row++)
        {
            if (levels is [0, ..])
            {
                levels = levels[1..];
                continue;
            }

            if (Math.Min(values.Length, levels.Length) < featureCount)
            {
                throw new InvalidDataException(FormattableString.Invariant($"row {row} of a group has fewer than {featureCount} features."));
            }

            lists[row] = values[..featureCount].ToArray();
            values = values[featureCount..];
            levels = levels[featureCount..];
        }

        return values.IsEmpty && levels.IsEmpty ? lists
            : throw new InvalidDataException(FormattableString.Invariant($"a group has {values.Length} features more than its {rowCount} rows."));
    }

    public void Dispose()
    {
        ArrayPool<float>.Shared.Return(_values);
        ArrayPool<int>.Shared.Return(_definitionLevels);
        ArrayPool<int>.Shared.Return(_repetitionLevels);
    }
}
