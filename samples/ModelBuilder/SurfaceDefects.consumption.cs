using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;

namespace ModelBuilder;

/// <summary>What Model Builder generates to use a model of images, on <see cref="ImageClassifier"/>: one instance serves all threads.</summary>
internal static partial class SurfaceDefects
{
    /// <summary>Is the model's input.</summary>
    internal sealed class ModelInput
    {
        public string Label { get; set; } = string.Empty;

        [VectorType]
        public byte[] ImageSource { get; set; } = [];
    }

    /// <summary>Is the model's output.</summary>
    internal sealed class ModelOutput
    {
        public string PredictedLabel { get; set; } = string.Empty;

        /// <summary>Gets or sets the probabilities, in the order of <see cref="Labels"/>.</summary>
        public float[] Score { get; set; } = [];
    }

    private static readonly string MLNetModelPath = Path.GetFullPath("SurfaceDefects.mlnet");

    private static readonly Lazy<ImageClassifier> Classifier = new(() => ImageClassifier.Load(MLNetModelPath));

    /// <summary>Gets the classes.</summary>
    internal static IReadOnlyList<string> Labels => Classifier.Value.Classes;

    /// <summary>Classifies an image.</summary>
    internal static ModelOutput Predict(ModelInput input)
    {
        var scores = PredictAllLabels(input).ToDictionary();
        return new() { PredictedLabel = scores.MaxBy(pair => pair.Value).Key, Score = [.. Labels.Select(label => scores[label])] };
    }

    /// <summary>Returns the probability of every class, the highest first.</summary>
    internal static IEnumerable<KeyValuePair<string, float>> PredictAllLabels(ModelInput input) =>
        Classifier.Value.Predict(ImageSource.FromBytes(input.ImageSource), topK: Labels.Count).Scores.Select(score => KeyValuePair.Create(score.Label, score.Score));
}
