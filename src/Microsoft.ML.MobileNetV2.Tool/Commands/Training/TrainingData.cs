using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the images to train with and those to measure with.</summary>
/// <param name="Train">The images to train with.</param>
/// <param name="Validation">The images to measure with; null for none.</param>
/// <param name="Problems">What kept files out.</param>
internal sealed record TrainingData(ImageDataset Train, ImageDataset? Validation, IReadOnlyList<ImageDatasetProblem> Problems)
{
    private const int FewImages = 10;
    private const int LargeRatio = 5;

    /// <summary>Gets the classes of validation images that are not trained; their images are left out.</summary>
    internal IReadOnlyList<string> UnknownClasses { get; init; } = [];

    /// <summary>Finds the images.</summary>
    /// <exception cref="CommandException">There are fewer than two classes.</exception>
    internal static TrainingData Read(TrainingArguments arguments, CancellationToken cancellationToken)
    {
        ImageDataset all = LabeledFolder.Read(arguments.Folder, arguments.Labels, cancellationToken);
        LabeledFolder.RequireTwoClasses(all, arguments.Labels ?? arguments.Folder);
        if (arguments.Validation is { } folder)
        {
            ImageDataset validation = LabeledFolder.Read(folder, list: null, cancellationToken);
            LabeledImage[] known = [.. validation.Images.Where(image => all.ClassCounts.ContainsKey(image.Label))];
            return new(all, new(known), [.. all.Problems, .. validation.Problems])
            {
                UnknownClasses = [.. validation.ClassNames.Except(all.ClassNames)],
            };
        }

        if (arguments.ValidationFraction == 0)
        {
            return new(all, null, all.Problems);
        }

        // The same file twice would be trained on and measured with.
        IReadOnlyDictionary<string, string> contents = FileContents.Find(all.Images.Select(image => image.Image), cancellationToken);
        (ImageDataset train, ImageDataset test) = all.Split(arguments.ValidationFraction, arguments.Seed, image => image.Group ?? contents.GetValueOrDefault(image.Image));
        return new(train, test, all.Problems);
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

        if (UnknownClasses.Count > 0)
        {
            yield return $"Left out the validation images of classes that are not trained: {string.Join(", ", UnknownClasses)}.";
        }
    }
}
