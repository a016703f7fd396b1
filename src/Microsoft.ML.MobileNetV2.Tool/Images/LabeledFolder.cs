using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Reads labeled images, as several commands take them.</summary>
internal static class LabeledFolder
{
    /// <summary>Returns the images of a folder: those of its sub-folders, or those of a list whose paths start from it.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="list">A CSV file with paths and labels; null for none.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CommandException">The folder or the list does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no image with a label.</exception>
    internal static ImageDataset Read(string folder, string? list, CancellationToken cancellationToken)
    {
        InputPath.RequireFolder(folder, "Give a folder of images, or with --labels the folder that the paths of the list start from.");
        if (list is null)
        {
            return ImageDataset.FromFolder(folder, cancellationToken: cancellationToken);
        }

        InputPath.RequireFile(list, "Give a CSV file with a path and a label in each line as --labels.");
        return ImageDataset.FromCsv(list, LabelList.Describe(list, folder), cancellationToken);
    }

    /// <summary>Refuses images of a single class, from which nothing can be learned.</summary>
    /// <param name="dataset">The images.</param>
    /// <param name="place">The folder or list that they come from.</param>
    /// <exception cref="CommandException">There is one class.</exception>
    internal static void RequireTwoClasses(ImageDataset dataset, string place)
    {
        if (dataset.ClassNames.Count < 2)
        {
            string only = dataset.ClassNames[0];
            throw new CommandException($"'{place}' has only one class, '{only}'. Two are needed: add a sub-folder with images of what is not '{only}'.");
        }
    }
}
