namespace Microsoft.ML.MobileNetV2.Tests.Evaluation;

/// <summary>Makes the rows of make_metrics.py.</summary>
internal static class MetricRows
{
    internal const int RowCount = 60;

    internal static readonly string[] Classes = ["a", "b", "c", "d", "e"];

    /// <summary>Makes images of one label with scores from a softmax.</summary>
    internal static ScoredImage[] SingleLabel()
    {
        double[] logits = [.. Draw(1, RowCount * Classes.Length).Select(value => (double)((float)Math.Round(value, 2) * 4))];
        double[] labels = Draw(2, RowCount);
        return [.. Enumerable.Range(0, RowCount).Select(row =>
        {
            double[] exponentials = [.. logits.Skip(row * Classes.Length).Take(Classes.Length).Select(Math.Exp)];
            float[] scores = [.. exponentials.Select(value => (float)(value / exponentials.Sum()))];
            int label = row % 2 == 0 ? Array.IndexOf(scores, scores.Max()) : (int)(labels[row] * 4);
            return new ScoredImage($"{row}", Classes[label], scores);
        })];
    }

    /// <summary>Makes images of several labels with scores among which many are the same.</summary>
    internal static ScoredLabels[] MultiLabel()
    {
        bool[] truth = [.. Draw(3, RowCount * Classes.Length).Select(value => value < 0.4)];
        float[] values = [.. Draw(4, RowCount * Classes.Length).Select((value, index) => (float)Math.Round((value * 0.7) + (truth[index] ? 0.3 : 0), 1))];
        return [.. Enumerable.Range(0, RowCount).Select(row => new ScoredLabels(
            $"{row}",
            [.. Enumerable.Range(0, Classes.Length).Where(label => truth[(row * Classes.Length) + label]).Select(label => Classes[label])],
            values.AsMemory(row * Classes.Length, Classes.Length)))];
    }

    private static double[] Draw(uint number, int count)
    {
        double[] values = new double[count];
        for (int i = 0; i < count; i++)
        {
            number = unchecked((number * 1664525) + 1013904223);
            values[i] = (number >> 8) / (double)(1 << 24);
        }

        return values;
    }
}
