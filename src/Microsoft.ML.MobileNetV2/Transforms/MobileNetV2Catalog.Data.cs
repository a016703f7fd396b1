using Microsoft.ML.MobileNetV2;
using Microsoft.ML.MobileNetV2.Transforms;

namespace Microsoft.ML;

/// <content>Loads folders and lists of images, and splits rows.</content>
public static partial class MobileNetV2Catalog
{
    /// <summary>Loads the images of a folder that has a subfolder for each class.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="folder">The path of the folder. Which files are images, and in which order, is told at <see cref="ImageDataset"/>.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="onProblem">Receives what keeps images out. The default is null: a problem is an exception.</param>
    /// <param name="progress">Receives the number of images found so far, now and then and at the end.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <returns>Rows with the columns Image (the path) and Label (the name of the subfolder), both text.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="InvalidDataException">There is no image with a label, or there are problems and no <paramref name="onProblem"/>.</exception>
    /// <exception cref="OperationCanceledException">The search was ended.</exception>
    public static IDataView LoadImageFolder(
        this DataOperationsCatalog catalog,
        string folder,
        ImageFolderOptions? options = null,
        Action<ImageDatasetProblem>? onProblem = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ImageTable.Create(catalog, ImageTable.Check(ImageDataset.FromFolder(folder, options, progress, cancellationToken), onProblem));
    }

    /// <summary>Loads the images that a CSV file lists: paths in the first column, labels in the second one.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="path">The path of the file. Relative paths within start from its folder.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <param name="onProblem">Receives what keeps images out, with the line. The default is null: a problem is an exception.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Rows with the columns Image (the path) and Label, and Group where <see cref="ImageCsvOptions.GroupColumnName"/> is set: the path for an image without one; all text.</returns>
    /// <exception cref="ArgumentException">Options are out of range; the message lists all of them.</exception>
    /// <exception cref="FileNotFoundException">The file does not exist, or is a folder.</exception>
    /// <exception cref="InvalidDataException">The text is not in UTF-8, no image can be used, or there are problems and no <paramref name="onProblem"/>.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended.</exception>
    public static IDataView LoadImageCsv(
        this DataOperationsCatalog catalog,
        string path,
        ImageCsvOptions? options = null,
        Action<ImageDatasetProblem>? onProblem = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        return ImageTable.Create(catalog, ImageTable.Check(ImageDataset.FromCsv(path, options, cancellationToken), onProblem));
    }

    /// <summary>Loads the images of a data set.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="dataset">The data set. Its problems are not looked at.</param>
    /// <returns>Rows with the columns Image (the path) and Label, and Group where an image has one: the path for the others; all text.</returns>
    public static IDataView LoadImages(this DataOperationsCatalog catalog, ImageDataset dataset)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(dataset);
        return ImageTable.Create(catalog, dataset);
    }

    /// <summary>Splits rows into two parts with nearly the same fraction of each class; <c>TrainTestSplit</c> of ML.NET does not look at labels.</summary>
    /// <param name="catalog">The catalog: <c>mlContext.Data</c>.</param>
    /// <param name="data">The rows. Labels and groups are read once for the choice, and groups again in each pass over a part.</param>
    /// <param name="testFraction">The fraction of the second part, above 0 and below 1.</param>
    /// <param name="labelColumnName">The name of the label column: text, key, Boolean, number, date or time.</param>
    /// <param name="groupColumnName">
    /// The name of a column whose equal values keep rows together, such as a patient: the types of a label, or vector of Byte. The default is the image:
    /// each row is on its own, but one image is not in both parts.
    /// </param>
    /// <param name="seed">The seed of the choice. The order of the rows has no effect on it, unless label or group is a key without values.</param>
    /// <returns>The parts, each in the order of <paramref name="data"/>.</returns>
    /// <remarks>
    /// A class of two or more groups is in both parts. A class of one row, or of one group, is in the training set alone: a model knows it, but nothing
    /// measures how well.
    /// </remarks>
    /// <exception cref="ArgumentException">The name of a column is empty.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The fraction is out of range, or a column is missing or of another type.</exception>
    /// <exception cref="InvalidOperationException">Each class has one group alone, so that nothing is left for the second part; or a row has no group.</exception>
    public static (IDataView TrainSet, IDataView TestSet) StratifiedTrainTestSplit(
        this DataOperationsCatalog catalog,
        IDataView data,
        double testFraction = 0.2,
        string labelColumnName = DefaultColumnNames.Label,
        string groupColumnName = DefaultColumnNames.Image,
        int seed = 0)
    {
        ArgumentNullException.ThrowIfNull(catalog);
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(labelColumnName);
        ArgumentException.ThrowIfNullOrEmpty(groupColumnName);
        return RowSplit.Create(data, testFraction, labelColumnName, groupColumnName, seed);
    }
}
