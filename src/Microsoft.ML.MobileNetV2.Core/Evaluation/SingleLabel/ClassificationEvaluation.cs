using Microsoft.ML.MobileNetV2.Evaluation;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents how well a model classifies images of one label each. Immutable.</summary>
/// <remarks>
/// Figures are defined as in scikit-learn. <c>docs/evaluation.md</c> has their formulas. An image that is rejected as unknown counts as wrong. Without
/// images, figures are NaN.
/// </remarks>
public sealed class ClassificationEvaluation
{
    internal ClassificationEvaluation(ClassificationCounts counts)
    {
        Images = counts.Images;
        Skipped = counts.Skipped;
        LogLoss = counts.LogLoss;
        CalibrationError = counts.CalibrationError;
        ReliabilityBins = counts.ReliabilityBins;
        Confusion = counts.ToMatrix();
        Classes = [.. Enumerable.Range(0, Confusion.Classes.Count).Select(Confusion.MetricsOf)];
    }

    /// <summary>Gets the number of images that the figures count.</summary>
    public int Count => Images.Count;

    /// <summary>Gets the fraction of images whose class with the highest score is the true one, and not rejected.</summary>
    public double Accuracy => FractionOf(image => image.IsCorrect);

    /// <summary>Gets the number of images that were rejected as unknown.</summary>
    public int RejectedCount => Images.Count(image => image.IsRejected);

    /// <summary>Gets the mean of −ln of the true label's probability, which is at least 1.2·10⁻⁷ here.</summary>
    /// <value>NaN where a score is not from 0 to 1, and thus no probability.</value>
    public double LogLoss { get; }

    /// <summary>Gets the mean F1 of the classes that are the label of an image or were predicted for one.</summary>
    public double MacroF1 => ClassMetrics.MacroF1(Classes);

    /// <summary>Gets the expected calibration error: how far the confidence is from the accuracy, on average over <see cref="ReliabilityBins"/>.</summary>
    /// <value>From 0 to 1. NaN where a score is not from 0 to 1, and thus no probability.</value>
    public double CalibrationError { get; }

    /// <summary>Gets the images by their confidence, from 0 to 1 in bins of equal width.</summary>
    /// <value>Empty where a score is not from 0 to 1, and thus no probability.</value>
    public IReadOnlyList<ReliabilityBin> ReliabilityBins { get; }

    /// <summary>Gets precision, recall, F1 and support of each class, in the model's order.</summary>
    public IReadOnlyList<ClassMetrics> Classes { get; }

    /// <summary>Gets how many images of each class were predicted as which class.</summary>
    public ConfusionMatrix Confusion { get; }

    /// <summary>Gets the images that the figures count, in the order in which they came.</summary>
    public IReadOnlyList<EvaluatedImage> Images { get; }

    /// <summary>Gets the images that were left out, with the reason: unreadable, of a label that the model does not know, or without scores.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>Evaluates scores that are there already.</summary>
    /// <param name="images">The images with their scores; read once.</param>
    /// <param name="classes">The names of the classes in the order of the scores.</param>
    /// <param name="options">The options, read once; null for the defaults.</param>
    /// <returns>The evaluation.</returns>
    /// <exception cref="ArgumentNullException">The images, the classes, or an element of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no class, two have the same name, an image has not one score for each class, or options are out of range.
    /// </exception>
    public static ClassificationEvaluation Create(
        IEnumerable<ScoredImage> images, IReadOnlyList<string> classes, ClassificationEvaluationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(classes);
        ClassificationCounts counts = new(classes, options ?? new(), defaultThreshold: 0);
        int index = 0;
        foreach (ScoredImage image in images)
        {
            ScoredImage scored = EvaluatedElements.Require(image, index++, nameof(images));
            counts.Add(scored.Id, scored.Label, scored.Scores.Span);
        }

        return new(counts);
    }

    /// <summary>Returns the fraction of images whose true label is among the classes with the highest scores; thresholds have no part in it.</summary>
    /// <param name="k">How many classes, at least 1.</param>
    /// <returns>From 0 to 1.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="k"/> is below 1.</exception>
    public double GetTopKAccuracy(int k)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(k);
        return FractionOf(image => image.LabelRank <= k);
    }

    /// <summary>Returns the images that were predicted wrongly and not rejected, the most confident first.</summary>
    /// <param name="count">The largest number of images.</param>
    /// <returns>The images.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is negative.</exception>
    public IReadOnlyList<EvaluatedImage> GetWorstMistakes(int count = 20)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return [.. Images.Where(image => !image.IsCorrect && !image.IsRejected).OrderByDescending(image => image.Predicted.Score).Take(count)];
    }

    /// <summary>
    /// Chooses the threshold of each class from which on its predictions reach a precision: on validation images, for
    /// <see cref="ClassificationEvaluationOptions.ClassThresholds"/> on others.
    /// </summary>
    /// <param name="precision">The fraction of predictions that are to be right, above 0 and at most 1.</param>
    /// <returns>
    /// The lowest such threshold for each class: 0 for one that is never predicted, and above every score where none suffices, so that all are rejected.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="precision"/> is out of range.</exception>
    public IReadOnlyList<float> ChooseThresholds(double precision)
    {
        if (!(precision is > 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(precision), precision, "The precision must be above 0 and at most 1.");
        }

        ILookup<string, EvaluatedImage> predicted = Images.ToLookup(image => image.Predicted.Label);
        return [.. Confusion.Classes.Select(name => new LabelRanking(
            predicted[name].Select(image => image.Predicted.Score), predicted[name].Select(image => image.LabelRank == 1)).LowestThreshold(precision))];
    }

    private double FractionOf(Func<EvaluatedImage, bool> predicate) => Count == 0 ? double.NaN : (double)Images.Count(predicate) / Count;
}
