using Microsoft.ML.MobileNetV2.Tool.Images;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Training;

/// <summary>Represents the images that a training is given, before some are set apart to measure with.</summary>
/// <param name="Place">Where they are, for messages.</param>
/// <param name="All">The images.</param>
/// <param name="Validation">The images to measure with; null where some of the others are.</param>
/// <param name="Warnings">What a person should know about them.</param>
internal sealed record TrainingSource(string Place, ImageDataset All, ImageDataset? Validation, IReadOnlyList<string> Warnings)
{
    private const int MostNames = 5;
    private const int MostProblems = 10;

    /// <summary>Finds the images of a folder or a list.</summary>
    /// <exception cref="CommandException">There are fewer than two classes, or nothing to measure with.</exception>
    internal static TrainingSource Read(TrainingArguments arguments, CancellationToken cancellationToken)
    {
        ImageDataset all = LabeledFolder.Read(arguments.Folder, arguments.Labels, cancellationToken);
        string place = arguments.Labels ?? arguments.Folder;
        LabeledFolder.RequireTwoClasses(all, place);
        return arguments.Validation is { } folder
            ? WithValidation(place, all, folder, LabeledFolder.Read(folder, list: null, cancellationToken))
            : new(place, all, null, Describe(all.Problems));
    }

    /// <summary>Returns the images that can be used.</summary>
    /// <param name="isUsable">Whether an image is one of them.</param>
    /// <exception cref="CommandException">They are of fewer than two classes, or there is none to measure with.</exception>
    internal TrainingSource Where(Func<LabeledImage, bool> isUsable)
    {
        ImageDataset usable = new(All.Images.Where(isUsable));
        RequireTwoClasses(Place, usable.ClassNames);
        ImageDataset? validation = Validation is null ? null : new(Validation.Images.Where(isUsable));
        return validation is { Images.Count: 0 } ? throw new CommandException("None of the images to measure with can be read. Give others as --validation.")
            : this with { All = usable, Validation = validation, Warnings = [.. Warnings, .. DescribeLost(All.ClassNames, usable.ClassNames)] };
    }

    /// <summary>Returns warnings about classes that have no image any more.</summary>
    internal static IEnumerable<string> DescribeLost(IEnumerable<string> all, IReadOnlyCollection<string> left) =>
        all.Except(left, StringComparer.Ordinal).Select(name => $"None of the images of the class '{name}' can be read: the model does not know it.");

    /// <summary>Refuses a training in which unreadable images left too little.</summary>
    /// <exception cref="CommandException">There are fewer than two classes.</exception>
    internal static void RequireTwoClasses(string place, IReadOnlyList<string> left)
    {
        if (left.Count < 2)
        {
            string only = left.Count == 0 ? "none of its images can be read" : $"only images of '{left[0]}' can be read";
            throw new CommandException($"'{place}' has too little to train on: {only}. Images of two classes are needed.");
        }
    }

    private static TrainingSource WithValidation(string place, ImageDataset all, string folder, ImageDataset validation)
    {
        LabeledImage[] known = [.. validation.Images.Where(image => all.ClassCounts.ContainsKey(image.Label))];
        if (known.Length == 0)
        {
            throw new CommandException($"The classes of '{folder}' ({Join(validation.ClassNames)}) are none of those of '{place}' ({Join(all.ClassNames)}). Name its sub-folders as there.");
        }

        string[] unknown = [.. validation.ClassNames.Except(all.ClassNames, StringComparer.Ordinal)];
        IEnumerable<string> warnings = Describe([.. all.Problems, .. validation.Problems]);
        return new(place, all, new(known), unknown.Length == 0 ? [.. warnings]
            : [.. warnings, $"Left out the validation images of classes that are not trained: {string.Join(", ", unknown)}."]);
    }

    private static string[] Describe(IReadOnlyList<ImageDatasetProblem> problems)
    {
        IEnumerable<string> first = problems.Take(MostProblems).Select(problem => problem.Message);
        return problems.Count <= MostProblems ? [.. first] : [.. first, $"… and {problems.Count - MostProblems} more files that cannot be used"];
    }

    private static string Join(IReadOnlyList<string> names) => string.Join(", ", names.Take(MostNames)) + (names.Count > MostNames ? ", …" : string.Empty);
}
