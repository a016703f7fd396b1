namespace Microsoft.ML.MobileNetV2.Evaluation;

/// <summary>Collects labels and scores of images, a number of each for each class.</summary>
internal sealed class MultiLabelRows(IReadOnlyList<string> classes)
{
    private readonly ClassIndex _classes = new(classes);
    private readonly List<(bool[] IsTrue, float[] Scores)> _rows = [];
    private readonly List<SkippedImage> _skipped = [];

    internal int Count => _rows.Count;

    internal IReadOnlyList<string> Classes => _classes.Names;

    internal IReadOnlyList<SkippedImage> Skipped => _skipped;

    /// <summary>Leaves out an image that has a label without a class, and returns whether it did.</summary>
    internal bool SkipUnknown(string id, IReadOnlyCollection<string> labels)
    {
        bool isUnknown = labels.Any(label => _classes.Find(label) < 0);
        if (isUnknown)
        {
            _skipped.Add(_classes.SkipUnknown(id, labels));
        }

        return isUnknown;
    }

    internal void SkipUnreadable(string id, IReadOnlyCollection<string> labels, Exception error) =>
        _skipped.Add(new(id, string.Join(", ", labels), SkippedReason.Unreadable, error.Message));

    /// <exception cref="ArgumentException">There is not one score for each class.</exception>
    internal void Add(string id, IReadOnlyCollection<string> labels, ReadOnlySpan<float> scores)
    {
        _classes.RequireScores(id, scores);
        if (SkipUnknown(id, labels))
        {
            return;
        }

        if (ClassIndex.HasMissing(scores))
        {
            _skipped.Add(ClassIndex.SkipMissing(id, string.Join(", ", labels)));
            return;
        }

        bool[] isTrue = new bool[Classes.Count];
        foreach (string label in labels)
        {
            isTrue[_classes.Find(label)] = true;
        }

        _rows.Add((isTrue, scores.ToArray()));
    }

    internal LabelRanking Rank(int label) => new(_rows.Select(row => row.Scores[label]), _rows.Select(row => row.IsTrue[label]));

    /// <summary>Returns what becomes of a label that is predicted from a threshold on.</summary>
    internal ClassMetrics Decide(int label, float threshold)
    {
        int truePositives = _rows.Count(row => row.IsTrue[label] && row.Scores[label] >= threshold);
        int falsePositives = _rows.Count(row => !row.IsTrue[label] && row.Scores[label] >= threshold);
        return new(Classes[label], truePositives, falsePositives, _rows.Count(row => row.IsTrue[label]) - truePositives);
    }
}
