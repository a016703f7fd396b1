namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Holds the names of the columns that exist only inside of a model.</summary>
internal static class ScoreColumns
{
    /// <summary>The network's output.</summary>
    internal const string Scores = "MobileNetV2.Scores";

    /// <summary>The index of the class with the highest score.</summary>
    internal const string Class = "MobileNetV2.Class";

    internal const string Score = "MobileNetV2.Score";
    internal const string Probability = "MobileNetV2.Probability";
    internal const string IsPositive = "MobileNetV2.IsPositive";
}
