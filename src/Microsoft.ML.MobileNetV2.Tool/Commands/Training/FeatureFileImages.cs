using Microsoft.ML.MobileNetV2.Tool.Features;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the images that a feature file has rows of.</summary>
/// <param name="Images">The images with labels and features.</param>
/// <param name="Contents">The hash of each of them whose file could be opened, by path.</param>
/// <param name="Features">The features by path; null where there are too many to compare.</param>
/// <param name="Unlabeled">How many images have no label.</param>
/// <param name="Unreadable">The classes of images that could not be read, once for each.</param>
internal sealed record FeatureFileImages(
    ImageDataset Images, IReadOnlyDictionary<string, string> Contents, IReadOnlyDictionary<string, float[]>? Features, int Unlabeled, IReadOnlyList<string> Unreadable)
{
    /// <exception cref="CommandException">The file is damaged.</exception>
    internal static FeatureFileImages Read(string path, CancellationToken cancellationToken)
    {
        List<LabeledImage> images = [];
        Dictionary<string, string> contents = new(StringComparer.Ordinal);
        Dictionary<string, float[]> features = new(StringComparer.Ordinal);
        List<string> unreadable = [];
        int unlabeled = 0;
        foreach (FeatureRow row in FeatureFileReader.ReadRows(path, cancellationToken))
        {
            if (row.Label is null)
            {
                unlabeled++;
                continue;
            }

            if (row.Features is null)
            {
                unreadable.Add(row.Label);
                continue;
            }

            images.Add(new(row.Path, row.Label));
            if (row.ContentHash is { } hash)
            {
                contents[row.Path] = hash;
            }

            if (images.Count <= Copies.MostCompared)
            {
                features[row.Path] = row.Features;
            }
            else
            {
                features.Clear();
            }
        }

        return new(new(images), contents, images.Count <= Copies.MostCompared ? features : null, unlabeled, unreadable);
    }

    /// <summary>Returns what can be trained on.</summary>
    /// <exception cref="CommandException">There are fewer than two classes.</exception>
    internal TrainingSource ToSource(string path)
    {
        if (Images.ClassNames.Count < 2)
        {
            throw new CommandException(
                $"'{path}' has features of {Images.ClassNames.Count} {(Images.ClassNames.Count == 1 ? "class" : "classes")}; two are needed. The first sub-folder of an image is its class.");
        }

        List<string> warnings = [.. TrainingSource.DescribeLost(Unreadable.Distinct(StringComparer.Ordinal), Images.ClassNames)];
        if (Unreadable.Count > 0)
        {
            warnings.Insert(0, $"Left out what could not be read, of the images in '{path}': {Unreadable.Count}.");
        }

        if (Unlabeled > 0)
        {
            warnings.Add($"Left out what has no class, because it lay beside the sub-folders, of the images in '{path}': {Unlabeled}.");
        }

        return new(path, Images, null, warnings);
    }
}
