using Microsoft.ML.MobileNetV2.Evaluation;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents how well a model finds the labels of images that have any number of them. Immutable.</summary>
/// <remarks>
/// Figures are defined as in scikit-learn, with labels left out of a mean where they have no value: <c>zero_division=nan</c> there. Without images, figures
/// are NaN. An image with a label that the model does not know is left out.
/// </remarks>
public sealed class MultiLabelEvaluation
{
    internal const float DefaultThreshold = 0.5f;

    internal MultiLabelEvaluation(MultiLabelRows rows, IReadOnlyList<float>? thresholds)
    {
        if (thresholds is not null && (thresholds.Count != rows.Classes.Count || !thresholds.All(float.IsFinite)))
        {
            throw new ArgumentException(
                $"There are {thresholds.Count} thresholds; expected a finite number for each of the {rows.Classes.Count} labels.", nameof(thresholds));
        }

        Count = rows.Count;
        Skipped = rows.Skipped;
        Labels = [.. Enumerable.Range(0, rows.Classes.Count).Select(label => Measure(rows, label, thresholds?[label] ?? DefaultThreshold))];
    }

    /// <summary>Gets the number of images that the figures count.</summary>
    public int Count { get; }

    /// <summary>Gets the metrics of each label, in the model's order.</summary>
    public IReadOnlyList<LabelMetrics> Labels { get; }

    /// <summary>Gets the mean of <see cref="LabelMetrics.AveragePrecision"/> over the labels that an image has.</summary>
    public double MeanAveragePrecision =>
        Labels.Select(label => label.AveragePrecision).Where(double.IsFinite).DefaultIfEmpty(double.NaN).Average();

    /// <summary>Gets F1 at the thresholds, from the counts of all labels together.</summary>
    public double MicroF1 => Count == 0
        ? double.NaN
        : ClassMetrics.Ratio(
            2 * Labels.Sum(label => (long)label.AtThreshold.CorrectCount),
            Labels.Sum(label => (long)label.AtThreshold.PredictedCount + label.AtThreshold.Support));

    /// <summary>Gets the mean F1 at the thresholds of the labels that an image has or that were predicted for one.</summary>
    public double MacroF1 => ClassMetrics.MacroF1(Labels.Select(label => label.AtThreshold));

    /// <summary>Gets the images that were left out, with the reason.</summary>
    public IReadOnlyList<SkippedImage> Skipped { get; }

    /// <summary>Evaluates scores that are there already.</summary>
    /// <param name="images">The images with their scores; read once.</param>
    /// <param name="classes">The names of the labels in the order of the scores.</param>
    /// <param name="thresholds">The score from which on each label is predicted, in the order of the scores; null for 0.5.</param>
    /// <returns>The evaluation.</returns>
    /// <exception cref="ArgumentNullException">The images, the classes, or an element of them is null.</exception>
    /// <exception cref="ArgumentException">
    /// There is no label, two have the same name, an image has not one score for each label, or there is not one finite threshold for each.
    /// </exception>
    public static MultiLabelEvaluation Create(
        IEnumerable<ScoredLabels> images, IReadOnlyList<string> classes, IReadOnlyList<float>? thresholds = null)
    {
        ArgumentNullException.ThrowIfNull(images);
        return new(Collect(images, classes), thresholds);
    }

    /// <summary>Chooses the threshold of each label with which its F1 is highest: on validation images, for use on others.</summary>
    /// <param name="images">The images with their scores; read once.</param>
    /// <param name="classes">The names of the labels in the order of the scores.</param>
    /// <returns>A threshold for each label; 0.5 for one that no image has. In the middle between two scores, so that others are decided alike.</returns>
    /// <exception cref="ArgumentNullException">The images, the classes, or an element of them is null.</exception>
    /// <exception cref="ArgumentException">There is no label, two have the same name, or an image has not one score for each label.</exception>
    public static IReadOnlyList<float> ChooseThresholds(IEnumerable<ScoredLabels> images, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(images);
        MultiLabelRows rows = Collect(images, classes);
        return [.. Enumerable.Range(0, rows.Classes.Count).Select(label => rows.Rank(label).BestThreshold() ?? DefaultThreshold)];
    }

    private static MultiLabelRows Collect(IEnumerable<ScoredLabels> images, IReadOnlyList<string> classes)
    {
        MultiLabelRows rows = new(classes);
        int index = 0;
        foreach (ScoredLabels image in images)
        {
            ScoredLabels scored = EvaluatedElements.Require(image, index++, nameof(images));
            rows.Add(scored.Id, scored.Labels, scored.Scores.Span);
        }

        return rows;
    }

    private static LabelMetrics Measure(MultiLabelRows rows, int label, float threshold) =>
        new(rows.Decide(label, threshold), threshold, rows.Rank(label).AveragePrecision());
}
