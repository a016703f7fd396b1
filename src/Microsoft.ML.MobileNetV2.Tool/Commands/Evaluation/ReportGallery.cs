using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Draws the mistakes of an evaluation, with activation maps, within the size of a report.</summary>
internal static class ReportGallery
{
    /// <summary>The most bytes of images, which take a third more in the report.</summary>
    internal const long MostImageBytes = 3_000_000;

    private const int Size = 200;
    private const int Quality = 72;

    internal static IReadOnlyList<ReportImage> Create(
        ImageClassifier classifier, ClassificationEvaluation evaluation, IWorkProgress progress, CancellationToken cancellationToken)
    {
        EvaluatedImage[] mistakes = [.. evaluation.Images.Where(image => !image.IsCorrect).OrderByDescending(image => image.Predicted.Score)];
        List<ReportImage> gallery = [];
        long bytes = 0;
        foreach (EvaluatedImage image in mistakes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReportImage drawn = bytes < MostImageBytes ? Draw(classifier, image) : new(image, null, null);
            bytes += (drawn.Thumbnail?.Length ?? 0) + (drawn.Overlay?.Length ?? 0);
            gallery.Add(drawn);
            progress.Report("drawing mistakes", gallery.Count, mistakes.Length);
        }

        return gallery;
    }

    private static ReportImage Draw(ImageClassifier classifier, EvaluatedImage image)
    {
        ImageExplanation explanation = classifier.Explain(image.Id, image.Predicted.Label);
        return new(image, Draw(explanation, opacity: 0), Draw(explanation, opacity: 0.6f));
    }

    private static byte[] Draw(ImageExplanation explanation, float opacity) =>
        explanation.DrawOverlay(new ImageOverlayOptions { MaxSize = Size, JpegQuality = Quality, Opacity = opacity });
}
