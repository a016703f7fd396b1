using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Sets labeled images apart to measure with.</summary>
internal static class HeldOutImages
{
    private const int MostNames = 5;

    /// <summary>Splits images so that copies are on one side.</summary>
    /// <param name="images">The images.</param>
    /// <param name="fraction">The fraction to measure with.</param>
    /// <param name="seed">The seed of the choice.</param>
    /// <param name="copies">What copies have in common, by path.</param>
    /// <returns>Both sides, and warnings about the classes that only one has, because their images all are copies.</returns>
    /// <exception cref="CommandException">That is so for all classes.</exception>
    internal static (ImageDataset Train, ImageDataset Test, IReadOnlyList<string> Warnings) Split(
        ImageDataset images, double fraction, int seed, IReadOnlyDictionary<string, string> copies)
    {
        string[] undivided = [.. images.Images.GroupBy(image => image.Label, StringComparer.Ordinal).Where(AreCopies).Select(Describe)];
        if (undivided.Length == images.ClassNames.Count)
        {
            string others = undivided.Length > MostNames ? ", …" : string.Empty;
            throw new CommandException(
                $"No image can be set apart to measure with: {string.Join(", ", undivided.Take(MostNames))}{others}. Copies are not divided. Add other images to each class.");
        }

        (ImageDataset train, ImageDataset test) = images.Split(fraction, seed, image => copies.GetValueOrDefault(image.Image));
        return (train, test, [.. undivided.Select(text => $"Nothing measures how well a class is found: {text}. Add other images.")]);

        bool AreCopies(IEnumerable<LabeledImage> all) => all.Select(image => copies.GetValueOrDefault(image.Image, image.Image)).Distinct(StringComparer.Ordinal).Count() == 1;
    }

    private static string Describe(IGrouping<string, LabeledImage> all) =>
        all.Count() == 1 ? $"the class '{all.Key}' has one image" : $"the {all.Count()} images of the class '{all.Key}' are copies of one";
}
