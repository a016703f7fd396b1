using Microsoft.ML.MobileNetV2.Classification;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the classes that a classifier predicts for one image. Immutable.</summary>
public sealed class ImagePrediction
{
    private readonly LabelMode _labelMode;

    private ImagePrediction(IReadOnlyList<ClassScore> scores, ClassifierSettings settings)
    {
        Scores = scores;

        // NaN is below no threshold and above none.
        IsUnknown = !(scores[0].Score >= settings.UnknownThreshold);
        _labelMode = settings.LabelMode;
    }

    /// <summary>Gets the classes with the highest scores, the highest first.</summary>
    /// <value>As many as requested, at most all classes; never empty. Classes with the same score are in the model's order.</value>
    public IReadOnlyList<ClassScore> Scores { get; }

    /// <summary>Gets the class with the highest score, even if the image is unknown.</summary>
    /// <remarks>
    /// Where images have several labels (<see cref="ImageClassifier.LabelMode"/>) this is only the most certain one: see <see cref="Scores"/>, each of
    /// which is the probability of its own label.
    /// </remarks>
    public ClassScore Best => Scores[0];

    /// <summary>Gets a value indicating whether the highest score is below <see cref="ImageClassifierOptions.UnknownThreshold"/>.</summary>
    public bool IsUnknown { get; }

    /// <summary>Returns the best class with its score, for display.</summary>
    /// <returns>
    /// For example <c>dent (0.989)</c>, or <c>unknown, perhaps dent (0.413)</c>; all of <see cref="Scores"/> where images have several labels:
    /// <c>water (0.981), sky (0.644)</c>.
    /// </returns>
    public override string ToString()
    {
        IEnumerable<ClassScore> shown = _labelMode == LabelMode.MultiLabel ? Scores : [Best];
        return (IsUnknown ? "unknown, perhaps " : string.Empty) + string.Join(", ", shown);
    }

    /// <summary>Ranks the scores of all classes.</summary>
    internal static ImagePrediction Rank(float[] scores, IReadOnlyList<string> classes, int topK, ClassifierSettings settings)
    {
        int[] order = new int[scores.Length];
        for (int index = 0; index < order.Length; index++)
        {
            order[index] = index;
        }

        // The order of indices keeps that of the model where scores are the same.
        Array.Sort(order, (left, right) => scores[right].CompareTo(scores[left]) is not 0 and int result ? result : left.CompareTo(right));
        ClassScore[] best = new ClassScore[Math.Min(topK, order.Length)];
        for (int place = 0; place < best.Length; place++)
        {
            best[place] = new(classes[order[place]], scores[order[place]]);
        }

        return new(best, settings);
    }
}
