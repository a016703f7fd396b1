namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Defines the default column names, which are those of ML.NET's own components.</summary>
internal static class DefaultColumnNames
{
    internal const string Features = "Features";
    internal const string Image = "Image";
    internal const string Label = "Label";
    internal const string PredictedLabel = "PredictedLabel";
    internal const string Probability = "Probability";
    internal const string Score = "Score";
}
