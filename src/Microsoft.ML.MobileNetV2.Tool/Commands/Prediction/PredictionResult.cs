using System.Text.Json.Serialization;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Prediction;

/// <summary>Represents what <c>predict</c> says about one image.</summary>
/// <param name="Path">The file.</param>
/// <param name="Label">The best class; null where the image cannot be read.</param>
/// <param name="Score">The score of that class.</param>
/// <param name="Scores">The best classes, from the best on.</param>
/// <param name="Error">Why the image cannot be read.</param>
internal sealed record PredictionResult(
    string Path,
    string? Label,
    float? Score,
    IReadOnlyList<ScoreResult>? Scores,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Error)
{
    /// <summary>Gets the file that shows what in the image spoke for the class; null where it was not asked for.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Explanation { get; init; }

    /// <summary>Returns the result for an image of a batch.</summary>
    internal static PredictionResult Of(string path, BatchResult<ImagePrediction> result) => result.Error is { } error
        ? new(path, null, null, null, error.Message)
        : new(path, result.Value.Best.Label, result.Value.Best.Score, [.. result.Value.Scores.Select(score => new ScoreResult(score.Label, score.Score))], null);
}
