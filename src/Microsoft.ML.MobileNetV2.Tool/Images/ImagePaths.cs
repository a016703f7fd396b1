using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Images;

/// <summary>Lists the images that files and folders on the command line stand for.</summary>
internal static class ImagePaths
{
    /// <summary>Returns files as they are, and the images of folders and their sub-folders in the order of their names.</summary>
    /// <param name="places">The files and folders.</param>
    /// <param name="warn">Is told what keeps images out: folders that may not be read, links in a circle, names that are not UTF-8.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="CommandException">A place does not exist.</exception>
    /// <exception cref="InvalidDataException">A folder has no image.</exception>
    internal static IReadOnlyList<string> List(IEnumerable<string> places, Action<string> warn, CancellationToken cancellationToken) =>
        [.. places.SelectMany(place => ListPlace(place, warn, cancellationToken))];

    private static IEnumerable<string> ListPlace(string place, Action<string> warn, CancellationToken cancellationToken)
    {
        InputPath.RequireAny(place, "Give image files, or folders of images.");
        if (!Directory.Exists(place))
        {
            return [place];
        }

        ImageDataset found = ImageDataset.FromFolder(place, new ImageFolderOptions { RootLabel = "image" }, cancellationToken: cancellationToken);
        ILookup<bool, ImageDatasetProblem> problems = found.Problems.ToLookup(problem => problem.IsUnreadableImage);
        foreach (ImageDatasetProblem problem in problems[false])
        {
            warn(problem.Message);
        }

        string[] unreadable = [.. problems[true].Select(problem => problem.Path)];
        IEnumerable<string> images = found.Images.Select(image => image.Image);
        return unreadable.Length == 0 ? images : images.Concat(unreadable).Order(StringComparer.Ordinal);
    }
}
