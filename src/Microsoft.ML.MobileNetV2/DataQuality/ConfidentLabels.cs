namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Compares labels with probabilities that do not depend on them (Northcutt, Jiang and Chuang 2021, arXiv:1911.00068).</summary>
/// <param name="names">The names of the classes.</param>
/// <param name="classes">The class of each row.</param>
/// <param name="probabilities">The probabilities, row by row.</param>
internal sealed class ConfidentLabels(string[] names, int[] classes, float[] probabilities)
{
    /// <summary>Returns the rows that are confidently of another class than theirs, the largest difference of the probabilities first.</summary>
    internal IReadOnlyList<SuspectLabel> FindSuspects()
    {
        int[] counts = [.. Enumerable.Range(0, names.Length).Select(index => classes.Count(label => label == index))];
        double[] thresholds = [.. Enumerable.Range(0, names.Length).Select(index => MeanConfidence(index, counts[index]))];
        return
        [
            .. Enumerable.Range(0, classes.Length)
                .Where(row => counts[classes[row]] > 1)
                .Select(row => (Row: row, Other: FindOther(row, thresholds)))
                .Where(pair => pair.Other >= 0)
                .Select(pair => new SuspectLabel(pair.Row, ScoreOf(pair.Row, classes[pair.Row]), ScoreOf(pair.Row, pair.Other)))
                .OrderByDescending(suspect => suspect.Suggested.Score - suspect.Given.Score),
        ];
    }

    /// <summary>Returns the mean probability of a class for its own rows: what it takes to be of that class as clearly as they are.</summary>
    private double MeanConfidence(int index, int count) =>
        Enumerable.Range(0, classes.Length).Where(row => classes[row] == index).Sum(row => (double)Probability(row, index)) / count;

    /// <summary>Returns the most likely other class that is as clear as that, and more likely than the row's own; below 0 where there is none.</summary>
    private int FindOther(int row, double[] thresholds) => Enumerable.Range(0, names.Length)
        .Where(index => index != classes[row] && Probability(row, index) >= thresholds[index] && Probability(row, index) > Probability(row, classes[row]))
        .OrderByDescending(index => Probability(row, index))
        .FirstOrDefault(-1);

    private ClassScore ScoreOf(int row, int index) => new(names[index], Probability(row, index));

    private float Probability(int row, int index) => probabilities[(row * names.Length) + index];
}
