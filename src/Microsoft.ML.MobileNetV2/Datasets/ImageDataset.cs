using Microsoft.ML.MobileNetV2.Datasets;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents image files with their labels, found in a folder or listed in a CSV file.</summary>
/// <remarks>
/// <para>Only names are read, no images: those that cannot be decoded are found when they are used. Instances do not change and are thread-safe.</para>
/// <para>
/// In folders, files and folders of operating systems and hidden ones are ignored. Images have one of the extensions .jpg, .jpeg, .jpe, .jfif, .png,
/// .webp, .bmp and .gif, and are in the ordinal order of their paths. Links are followed, but no folder is read twice.
/// </para>
/// </remarks>
public sealed class ImageDataset
{
    /// <summary>Initializes a data set.</summary>
    /// <param name="images">The images.</param>
    /// <exception cref="ArgumentNullException">The images, or one of them, are null.</exception>
    public ImageDataset(IEnumerable<LabeledImage> images)
        : this(images, [])
    {
    }

    internal ImageDataset(IEnumerable<LabeledImage> images, IReadOnlyList<ImageDatasetProblem> problems)
    {
        ArgumentNullException.ThrowIfNull(images);
        LabeledImage[] all = [.. images];
        Array.ForEach(all, image => ArgumentNullException.ThrowIfNull(image, nameof(images)));
        Images = all.AsReadOnly();
        Problems = problems;
        ClassCounts = new SortedDictionary<string, int>(all.CountBy(image => image.Label).ToDictionary(), StringComparer.Ordinal).AsReadOnly();
        ClassNames = ClassCounts.Keys.ToArray().AsReadOnly();
    }

    /// <summary>Gets the images.</summary>
    public IReadOnlyList<LabeledImage> Images { get; }

    /// <summary>Gets the names of the classes in ordinal order.</summary>
    public IReadOnlyList<string> ClassNames { get; }

    /// <summary>Gets the number of images of each class, in the order of <see cref="ClassNames"/>.</summary>
    public IReadOnlyDictionary<string, int> ClassCounts { get; }

    /// <summary>Gets what kept images out of the data set: for example unreadable folders, links in a circle, missing and empty files.</summary>
    public IReadOnlyList<ImageDatasetProblem> Problems { get; }

    /// <summary>Finds the images in a folder that has a subfolder for each class.</summary>
    /// <param name="folder">The path of the folder.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="progress">Receives the number of images found so far, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>The images in the ordinal order of their paths.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">No image with a label was found; the message says what was.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static ImageDataset FromFolder(
        string folder, ImageFolderOptions? options = null, IProgress<int>? progress = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        return new FolderScan(folder, options ?? new(), progress, cancellationToken).Run();
    }

    /// <summary>Reads a list of images: a CSV file with the paths of images in the first column and labels in the second one.</summary>
    /// <param name="path">The path of the file, in UTF-8, or in UTF-16 with a byte order mark. Relative paths within start from its folder.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>The images in the order of the list.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    /// <exception cref="FileNotFoundException">The list does not exist, or is a folder.</exception>
    /// <exception cref="InvalidDataException">A column is missing, the text is in another encoding, or no image can be used; the message says why.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public static ImageDataset FromCsv(string path, ImageCsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new();
        options.Validate();
        return new CsvList(path, options).Read(cancellationToken);
    }

    /// <summary>Splits the images into two parts with nearly the same fraction of each class.</summary>
    /// <param name="testFraction">The fraction of the second part, above 0 and below 1.</param>
    /// <param name="seed">The seed of the choice. The order of the images has no effect on it.</param>
    /// <param name="groupBy">
    /// Returns what keeps images together, such as a patient or a hash of the content; null where an image is on its own. The default is null:
    /// <see cref="LabeledImage.Group"/>.
    /// </param>
    /// <returns>The parts, each in the order of this data set and without problems.</returns>
    /// <remarks>
    /// Images of one group are in the same part; so are those of one path. A class of two or more groups is in both parts. A class of one image, or of one
    /// group, is in the training set alone: a model knows it, but nothing measures how well.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range.</exception>
    /// <exception cref="InvalidOperationException">Each class has one group alone, so that nothing is left for the second part.</exception>
    public (ImageDataset TrainSet, ImageDataset TestSet) Split(double testFraction = 0.2, int seed = 0, Func<LabeledImage, string?>? groupBy = null)
    {
        (string Label, string Group)[] rows = [.. Images.Select(image => (image.Label, GroupOf(image)))];
        IReadOnlySet<string> test = StratifiedSplit.ChooseTestGroups(rows, testFraction, seed);
        ILookup<bool, LabeledImage> parts = Images.Zip(rows).ToLookup(pair => test.Contains(pair.Second.Group), pair => pair.First);
        return (new(parts[false]), new(parts[true]));

        string GroupOf(LabeledImage image) => (groupBy is null ? image.Group : groupBy(image)) is { } group
            ? $"group {group}"
            : $"image {image.Image.Replace('\\', '/')}";
    }
}
