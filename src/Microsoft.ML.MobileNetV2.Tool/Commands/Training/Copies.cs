namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>
/// Finds images that show the same: files with the same content, and near duplicates. On both sides of a split, they would be measured with what was trained on.
/// </summary>
internal static class Copies
{
    /// <summary>The most images that are compared with each other, which takes some seconds; the time grows with the square.</summary>
    internal const int MostCompared = 20_000;

    /// <summary>The largest part of a class that copies of one image can be. Where more look alike, it is a series, and the class could not be split.</summary>
    private const double LargestPart = 0.5;

    /// <summary>Returns what images have in common with others; those without copies are left out.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="contents">A hash of the files that are there more than once, by path.</param>
    /// <param name="features">The features of the images, by path; null where they are not known, or too many.</param>
    /// <param name="cancellationToken">Ends the comparison.</param>
    internal static IReadOnlyDictionary<string, string> Find(
        ImageDataset dataset, IReadOnlyDictionary<string, string> contents, IReadOnlyDictionary<string, float[]>? features, CancellationToken cancellationToken)
    {
        Dictionary<string, string> found = new(contents, StringComparer.Ordinal);
        if (features is null || dataset.Images.Count > MostCompared)
        {
            return found;
        }

        NearDuplicates alike = NearDuplicates.Find(FeaturesOf(dataset, features), cancellationToken: cancellationToken);
        foreach (LabeledImage[] group in alike.Groups.Select(group => (LabeledImage[])[.. group.Select(index => dataset.Images[index])]).Where(group => AreCopies(group, dataset)))
        {
            Array.ForEach(group, image => found[image.Image] = group[0].Image);
        }

        return found;
    }

    /// <summary>Returns a warning about images to measure with that look like some to train with; null where there are none.</summary>
    internal static string? DescribeAcross(ImageDataset train, ImageDataset validation, IReadOnlyDictionary<string, float[]> features, CancellationToken cancellationToken)
    {
        if (train.Images.Count + validation.Images.Count > MostCompared)
        {
            return null;
        }

        NearDuplicates alike = NearDuplicates.FindAcross(FeaturesOf(validation, features), FeaturesOf(train, features), cancellationToken: cancellationToken);
        if (alike.Pairs.Count == 0)
        {
            return null;
        }

        int count = alike.Pairs.Select(pair => pair.First).Distinct().Count();
        (string measured, string trained) = (validation.Images[alike.Pairs[0].First].Image, train.Images[alike.Pairs[0].Second].Image);
        return $"{count} of the {validation.Images.Count} images to measure with {(count == 1 ? "looks" : "look")} like images to train with, such as '{measured}' like '{trained}': the accuracy may be too high.";
    }

    private static bool AreCopies(LabeledImage[] group, ImageDataset dataset) =>
        group.CountBy(image => image.Label).All(pair => pair.Value <= LargestPart * dataset.ClassCounts[pair.Key]);

    private static float[][] FeaturesOf(ImageDataset dataset, IReadOnlyDictionary<string, float[]> features) => [.. dataset.Images.Select(image => features[image.Image])];
}
