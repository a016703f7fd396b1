using Microsoft.ML.MobileNetV2.DataQuality;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents images that look alike by their features: copies, other sizes, other crops, neighbors in a series. Immutable.</summary>
/// <remarks>
/// The similarity is the cosine of the angle between two feature vectors. <see cref="MobileNetV2Engine"/> computes features; any others will do, too.
/// The time grows with the square of the number of images, the memory with the number.
/// </remarks>
public sealed class NearDuplicates
{
    /// <summary>The similarity from which on two images count as near duplicates.</summary>
    public const float DefaultMinSimilarity = 0.95f;

    private const int DefaultMaxPairs = 10_000;

    private NearDuplicates(PairList pairs, IReadOnlyList<IReadOnlyList<int>> groups)
    {
        Pairs = pairs.ToList();
        PairCount = pairs.TotalCount;
        Groups = groups;
    }

    /// <summary>Gets the pairs of similar images, the most similar first.</summary>
    /// <value>At most as many as were wanted; <see cref="PairCount"/> is the number of all.</value>
    public IReadOnlyList<SimilarImages> Pairs { get; }

    /// <summary>Gets the number of all pairs of similar images.</summary>
    public long PairCount { get; }

    /// <summary>Gets the groups of images of which each is similar to another one of its group, as ascending indices; the largest group first.</summary>
    /// <value>Empty where two lists are compared.</value>
    public IReadOnlyList<IReadOnlyList<int>> Groups { get; }

    /// <summary>Finds near duplicates within a list of images.</summary>
    /// <param name="features">The features of each image, all of one length.</param>
    /// <param name="minSimilarity">The cosine from which on two images are similar, above 0 and at most 1.</param>
    /// <param name="maxPairs">How many pairs are kept, at least 1; groups are complete in any case.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Pairs and groups of indices into the list.</returns>
    /// <exception cref="ArgumentNullException">A list, or the features of an image, are null.</exception>
    /// <exception cref="ArgumentException">Images have no or different numbers of features, or a feature is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static NearDuplicates Find(
        IReadOnlyList<float[]> features,
        float minSimilarity = DefaultMinSimilarity,
        int maxPairs = DefaultMaxPairs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        Require(minSimilarity, maxPairs);
        FeatureTable table = FeatureTable.Copy(features, nameof(features)).Normalize();
        PairList pairs = new(maxPairs);
        UnionFind groups = new(table.RowCount);
        new SimilarityScan(table, table, minSimilarity).Run(
            (first, second, similarity) =>
            {
                pairs.Add(first, second, similarity);
                groups.Join(first, second);
            },
            cancellationToken);
        return new(pairs, groups.ToGroups());
    }

    /// <summary>Finds near duplicates across two lists, such as training and test images.</summary>
    /// <param name="first">The features of each image of the first list.</param>
    /// <param name="second">The features of each image of the second list, as many as in the first.</param>
    /// <param name="minSimilarity">The cosine from which on two images are similar, above 0 and at most 1.</param>
    /// <param name="maxPairs">How many pairs are kept, at least 1.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Pairs of an index into the first list and one into the second.</returns>
    /// <exception cref="ArgumentNullException">A list, or the features of an image, are null.</exception>
    /// <exception cref="ArgumentException">Images have no or different numbers of features, or a feature is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of range.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static NearDuplicates FindAcross(
        IReadOnlyList<float[]> first,
        IReadOnlyList<float[]> second,
        float minSimilarity = DefaultMinSimilarity,
        int maxPairs = DefaultMaxPairs,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(first);
        ArgumentNullException.ThrowIfNull(second);
        Require(minSimilarity, maxPairs);
        FeatureTable table = FeatureTable.Copy(first, nameof(first)).Normalize();
        FeatureTable other = FeatureTable.Copy(second, nameof(second)).Normalize();
        if (table.RowCount > 0 && other.RowCount > 0 && table.FeatureCount != other.FeatureCount)
        {
            throw new ArgumentException(
                $"The images have {other.FeatureCount} features, but those of the first list have {table.FeatureCount}. Compute both with the same weights.",
                nameof(second));
        }

        PairList pairs = new(maxPairs);
        new SimilarityScan(table, other, minSimilarity).Run(pairs.Add, cancellationToken);
        return new(pairs, []);
    }

    private static void Require(float minSimilarity, int maxPairs)
    {
        if (!(minSimilarity is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(minSimilarity), minSimilarity, "The similarity must be above 0 and at most 1.");
        }

        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(maxPairs);
    }
}
