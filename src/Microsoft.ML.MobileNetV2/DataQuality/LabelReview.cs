using Microsoft.ML.MobileNetV2.DataQuality;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides the search for images whose labels are likely wrong.</summary>
public static class LabelReview
{
    private const int DefaultFoldCount = 5;
    private const int FewestFolds = 2;

    /// <summary>Finds images whose labels are likely wrong, by models that were trained on the other images: confident learning (arXiv:1911.00068).</summary>
    /// <param name="features">The features of each image, all of one length, such as those that <see cref="MobileNetV2Engine"/> computes.</param>
    /// <param name="labels">The label of each image.</param>
    /// <param name="foldCount">Into how many parts the images are divided, at least 2: each is judged by a model of the others.</param>
    /// <param name="seed">The seed of the division; with the same seed and data, one machine gives the same list.</param>
    /// <param name="progress">Receives the number of parts that are done, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>
    /// The images for which another label is more likely, and as likely as for the images that have it; the clearest first. An image that is the only one
    /// of its label is not judged. It is a list to look through: an unusual image is on it too.
    /// </returns>
    /// <exception cref="ArgumentNullException">A list, the features of an image, or a label is null.</exception>
    /// <exception cref="ArgumentException">There is not one label for each image, images have no or different numbers of features, or one is not finite.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="foldCount"/> is below 2.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static IReadOnlyList<SuspectLabel> Find(
        IReadOnlyList<float[]> features,
        IReadOnlyList<string> labels,
        int foldCount = DefaultFoldCount,
        int seed = 1,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfLessThan(foldCount, FewestFolds);
        if (features.Count != labels.Count)
        {
            throw new ArgumentException($"There are {labels.Count} labels for {features.Count} images.", nameof(labels));
        }

        for (int row = 0; row < labels.Count; row++)
        {
            _ = labels[row] ?? throw new ArgumentNullException(nameof(labels), FormattableString.Invariant($"The label of image {row} is null; leave out images without one."));
        }

        FeatureTable table = FeatureTable.Copy(features, nameof(features));
        string[] names = [.. labels.Distinct().Order(StringComparer.Ordinal)];
        if (names.Length < 2)
        {
            return [];
        }

        int[] classes = [.. labels.Select(label => Array.BinarySearch(names, label, StringComparer.Ordinal))];
        float[] probabilities = new CrossValidation(table, classes, names.Length).Predict(foldCount, seed, progress, cancellationToken);
        return new ConfidentLabels(names, classes, probabilities).FindSuspects();
    }
}
