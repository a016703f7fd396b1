namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents what the model says about an image.</summary>
/// <param name="Label">The best class.</param>
/// <param name="Score">The score of that class.</param>
/// <param name="Scores">The best classes, from the best on.</param>
/// <param name="Model">The model that answered.</param>
/// <param name="Milliseconds">The time from the received image to this answer.</param>
/// <param name="Explanation">What speaks for a class, where that was asked for.</param>
internal sealed record ClassificationAnswer(
    string Label, float Score, IReadOnlyList<ScoreAnswer> Scores, string Model, double Milliseconds, ExplanationAnswer? Explanation)
{
    internal static ClassificationAnswer Of(ImagePrediction prediction, string model, ExplanationAnswer? explanation, TimeSpan duration) => new(
        prediction.Best.Label,
        prediction.Best.Score,
        [.. prediction.Scores.Select(score => new ScoreAnswer(score.Label, score.Score))],
        model,
        Math.Round(duration.TotalMilliseconds, 1),
        explanation);
}
