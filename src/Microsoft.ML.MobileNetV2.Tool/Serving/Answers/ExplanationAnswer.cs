namespace Microsoft.ML.MobileNetV2.Tool.Serving.Answers;

/// <summary>Represents which parts of an image speak for a class.</summary>
/// <param name="Label">The class.</param>
/// <param name="Score">Its score.</param>
/// <param name="Overlay">The image with the activation map over it: a data URI that an <c>img</c> element shows.</param>
internal sealed record ExplanationAnswer(string Label, float Score, string Overlay)
{
    private const string DataPrefix = "data:image/jpeg;base64,";

    internal static Task<ExplanationAnswer> CreateAsync(
        ImageClassifier classifier, ReadOnlyMemory<byte> image, string label, CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            ImageExplanation explanation = classifier.Explain(ImageSource.FromBytes(image), label);
            return new ExplanationAnswer(explanation.Label, explanation.Score, DataPrefix + Convert.ToBase64String(explanation.DrawOverlay()));
        },
        cancellationToken);
}
