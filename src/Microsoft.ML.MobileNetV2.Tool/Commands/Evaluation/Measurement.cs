using Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;
using Microsoft.ML.MobileNetV2.Tool.Reports;
using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Measures a classifier on labeled images, with or without a report.</summary>
/// <param name="Classifier">The classifier.</param>
/// <param name="Dataset">The images.</param>
/// <param name="Progress">Is told how far it is.</param>
/// <param name="CancellationToken">Ends it.</param>
internal sealed record Measurement(ImageClassifier Classifier, ImageDataset Dataset, IWorkProgress Progress, CancellationToken CancellationToken)
{
    /// <summary>Returns the figures.</summary>
    /// <param name="threshold">The score below which an image is rejected as unknown; null for none.</param>
    internal ClassificationEvaluation Evaluate(float? threshold = null)
    {
        int total = Dataset.Images.Count;
        return Classifier.Evaluate(
            Dataset.Images.Select(image => (image.Image, image.Label)),
            new ClassificationEvaluationOptions { UnknownThreshold = threshold },
            new ImmediateProgress<int>(done => Progress.Report("evaluating", done, total)),
            CancellationToken);
    }

    /// <summary>Returns what a report shows: the figures, the mistakes with their activation maps, and what is wrong with the images themselves.</summary>
    /// <param name="model">The file of the model.</param>
    /// <param name="folder">The folder that names of images start from.</param>
    /// <param name="evaluation">The figures.</param>
    internal EvaluationReport CreateReport(string model, string folder, ClassificationEvaluation evaluation)
    {
        CleaningResult findings = Inspection.Run(Dataset, MobileNetV2Weights.Bundled, NearDuplicates.DefaultMinSimilarity, Progress, CancellationToken);
        return new(
            model,
            folder,
            TimeProvider.System.GetUtcNow(),
            evaluation,
            ReportGallery.Create(Classifier, evaluation, Progress, CancellationToken),
            [.. findings.LikelyWrong.Select(image => new ReportSuspect(image.Path, image.Label, image.Suggested, image.SuggestedScore))],
            findings.Duplicates);
    }
}
