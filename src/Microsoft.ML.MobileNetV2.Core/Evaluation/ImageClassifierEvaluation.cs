using Microsoft.ML.MobileNetV2.Evaluation;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Provides methods that measure a classifier on images whose labels are known.</summary>
public static class ImageClassifierEvaluation
{
    /// <summary>Classifies image files whose labels are known, with several threads, and measures how well.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="images">The paths of the files with their labels; those of labels that the model does not know are not opened.</param>
    /// <param name="options">The options, read once; null for the defaults, with the threshold of the classifier.</param>
    /// <param name="progress">Receives the number of images that are done, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the evaluation at the next image.</param>
    /// <returns>The evaluation. Images that cannot be read are listed in it.</returns>
    /// <exception cref="ArgumentNullException">The classifier, the images, a path or a label is null.</exception>
    /// <exception cref="ArgumentException">Options are out of range, or two classes of the model have the same name.</exception>
    /// <exception cref="IOException">The disk or the network fails; a file that is missing or no image is not this.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static ClassificationEvaluation Evaluate(
        this ImageClassifier classifier,
        IEnumerable<(string Path, string Label)> images,
        ClassificationEvaluationOptions? options = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        ClassificationCounts counts = new(classifier.Classes, options ?? new(), classifier.UnknownThreshold);
        EvaluationReader<string> reader = new((path, label) => !counts.SkipUnknown(path, label), counts.SkipUnreadable, counts.Add);
        reader.Read(images, paths => classifier.RunScores(paths, cancellationToken), progress);
        return new(counts);
    }

    /// <summary>Finds the labels of image files that have any number of them, with several threads, and measures how well.</summary>
    /// <param name="classifier">The classifier.</param>
    /// <param name="images">The paths of the files with their labels; those with a label that the model does not know are not opened.</param>
    /// <param name="thresholds">The score from which on each label is predicted, in the order of <see cref="ImageClassifier.Classes"/>; null for 0.5.</param>
    /// <param name="progress">Receives the number of images that are done, on the caller's thread.</param>
    /// <param name="cancellationToken">Ends the evaluation at the next image.</param>
    /// <returns>The evaluation. Images that cannot be read are listed in it.</returns>
    /// <exception cref="ArgumentNullException">The classifier, the images, a path or a label is null.</exception>
    /// <exception cref="ArgumentException">There is not one finite threshold for each label, or two labels of the model have the same name.</exception>
    /// <exception cref="IOException">The disk or the network fails; a file that is missing or no image is not this.</exception>
    /// <exception cref="OperationCanceledException">The token was canceled.</exception>
    public static MultiLabelEvaluation EvaluateLabels(
        this ImageClassifier classifier,
        IEnumerable<(string Path, IReadOnlyCollection<string> Labels)> images,
        IReadOnlyList<float>? thresholds = null,
        IProgress<int>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(classifier);
        ArgumentNullException.ThrowIfNull(images);
        MultiLabelRows rows = new(classifier.Classes);
        EvaluationReader<IReadOnlyCollection<string>> reader = new((path, labels) => !rows.SkipUnknown(path, labels), rows.SkipUnreadable, rows.Add);
        reader.Read(images, paths => classifier.RunScores(paths, cancellationToken), progress);
        return new(rows, thresholds);
    }
}
