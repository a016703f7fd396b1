using Microsoft.ML.MobileNetV2.Tool.Images;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the images to train with and those to measure with.</summary>
/// <param name="Train">The images to train with.</param>
/// <param name="Validation">The images to measure with; null for none.</param>
/// <param name="Warnings">What a person should know about where they come from.</param>
internal sealed record TrainingData(ImageDataset Train, ImageDataset? Validation, IReadOnlyList<string> Warnings)
{
    private const int FewImages = 10;
    private const int LargeRatio = 5;

    /// <summary>Sets images apart to measure with, unless the source has them, or none are wanted.</summary>
    /// <param name="source">The images, all of them usable.</param>
    /// <param name="arguments">How many to set apart.</param>
    /// <param name="contents">A hash of the files that are there more than once, by path.</param>
    /// <param name="features">The features of all images, by path; null where they are not known.</param>
    /// <param name="cancellationToken">Ends it.</param>
    internal static TrainingData Split(
        TrainingSource source, TrainingArguments arguments, IReadOnlyDictionary<string, string> contents, IReadOnlyDictionary<string, float[]>? features, CancellationToken cancellationToken)
    {
        if (source.Validation is null && arguments.ValidationFraction == 0)
        {
            return new(source.All, null, source.Warnings);
        }

        (ImageDataset train, ImageDataset validation, IReadOnlyList<string> warnings) = source.Validation is { } given ? (source.All, given, []) : Divide();
        string? alike = features is null ? null : Copies.DescribeAcross(train, validation, features, cancellationToken);
        return new(train, validation, [.. source.Warnings, .. warnings, .. alike is null ? Array.Empty<string>() : [alike]]);

        (ImageDataset Train, ImageDataset Validation, IReadOnlyList<string> Warnings) Divide()
        {
            IReadOnlyDictionary<string, string> copies = Copies.Find(source.All, contents, features, cancellationToken);
            return HeldOutImages.Split(source.All, arguments.ValidationFraction, arguments.Seed, copies);
        }
    }

    /// <summary>Returns what a person should know before the training.</summary>
    internal IEnumerable<string> FindWarnings(bool isBalanced)
    {
        foreach ((string name, int count) in Train.ClassCounts.Where(pair => pair.Value < FewImages))
        {
            yield return $"The class '{name}' has only {count} {(count == 1 ? "image" : "images")} to train with; some dozens are better.";
        }

        (string smallest, int least) = Train.ClassCounts.MinBy(pair => pair.Value);
        (string largest, int most) = Train.ClassCounts.MaxBy(pair => pair.Value);
        if (most >= LargeRatio * least && !isBalanced)
        {
            yield return $"The class '{largest}' has {most} images and '{smallest}' {least}: small classes are found less often. '--class-weights balanced' counts them the same.";
        }

        foreach (string warning in Warnings)
        {
            yield return warning;
        }
    }
}
