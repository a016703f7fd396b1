namespace Microsoft.ML.MobileNetV2.DataQuality;

/// <summary>Keeps the most similar pairs, in bounded memory.</summary>
internal sealed class PairList(int capacity)
{
    private readonly List<SimilarImages> _pairs = [];

    /// <summary>Gets the number of pairs that were added.</summary>
    internal long TotalCount { get; private set; }

    internal void Add(int first, int second, float similarity)
    {
        TotalCount++;
        _pairs.Add(new(first, second, similarity));
        if (_pairs.Count >= 2L * capacity)
        {
            Shorten();
        }
    }

    internal IReadOnlyList<SimilarImages> ToList()
    {
        Shorten();
        return [.. _pairs];
    }

    private void Shorten()
    {
        _pairs.Sort((a, b) => (-a.Similarity, a.First, a.Second).CompareTo((-b.Similarity, b.First, b.Second)));
        _pairs.RemoveRange(Math.Min(capacity, _pairs.Count), Math.Max(0, _pairs.Count - capacity));
    }
}
