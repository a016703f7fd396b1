using System.Globalization;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents the classes that a classifier predicts for one image. Immutable.</summary>
public sealed class ImagePrediction
{
    private ImagePrediction(IReadOnlyList<ClassScore> scores, bool isUnknown)
    {
        Scores = scores;
        IsUnknown = isUnknown;
    }

    /// <summary>Gets the classes with the highest scores, the highest first.</summary>
    /// <value>As many as were asked for, at most all classes; never empty. Classes with the same score are in the model's order.</value>
    public IReadOnlyList<ClassScore> Scores { get; }

    /// <summary>Gets the class with the highest score, even if the image is unknown.</summary>
    public ClassScore Best => Scores[0];

    /// <summary>Gets a value indicating whether the highest score is below <see cref="ImageClassifierOptions.UnknownThreshold"/>.</summary>
    public bool IsUnknown { get; }

    /// <summary>Returns the best class with its score, for display.</summary>
    /// <returns>For example <c>dent (0.989)</c>, or <c>unknown, perhaps dent (0.413)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(IsUnknown ? "unknown, perhaps " : string.Empty)}{Best.Label} ({Best.Score:0.000})");

    /// <summary>Ranks the scores of all classes.</summary>
    internal static ImagePrediction Rank(float[] scores, IReadOnlyList<string> classes, int topK, float unknownThreshold)
    {
        ClassScore[] best = [.. Enumerable.Range(0, scores.Length)
            .OrderByDescending(index => scores[index])
            .Take(topK)
            .Select(index => new ClassScore(classes[index], scores[index]))];
        return new(best, best[0].Score < unknownThreshold);
    }
}
