namespace Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;

/// <summary>Finds what is worth its cost.</summary>
internal static class ParetoFront
{
    /// <summary>Returns the rows by cost; those are marked than which no other one is at least as accurate for less, or more accurate for the same.</summary>
    internal static ComparisonRow[] Mark(IEnumerable<ComparisonRow> rows)
    {
        double best = double.NegativeInfinity;
        ComparisonRow[] ordered = [.. rows.OrderBy(row => row.MultiplyAdds).ThenByDescending(row => row.Accuracy)];
        for (int i = 0; i < ordered.Length; i++)
        {
            bool isOnFront = ordered[i].Accuracy > best;
            best = Math.Max(best, ordered[i].Accuracy);
            ordered[i] = ordered[i] with { IsOnFront = isOnFront };
        }

        return ordered;
    }
}
