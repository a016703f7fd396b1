namespace Microsoft.ML.MobileNetV2.Tool.Commands.Evaluation;

/// <summary>Represents the figures of <c>evaluate</c>.</summary>
/// <param name="Accuracy">The fraction whose first class is right.</param>
/// <param name="Top5">The fraction that is right among the first five.</param>
/// <param name="MacroF1">The mean F1 of the classes.</param>
/// <param name="LogLoss">The mean of −ln of the true class's score.</param>
/// <param name="CalibrationError">The expected calibration error.</param>
/// <param name="Count">The number of images that the figures count.</param>
/// <param name="Rejected">The number of images below the threshold.</param>
/// <param name="Unreadable">The number of images that cannot be read.</param>
/// <param name="Classes">The figures of each class.</param>
/// <param name="Skipped">The images that no figure counts.</param>
internal sealed record EvaluationResult(
    double Accuracy,
    double Top5,
    double MacroF1,
    double LogLoss,
    double CalibrationError,
    int Count,
    int Rejected,
    int Unreadable,
    IReadOnlyList<ClassResult> Classes,
    IReadOnlyList<SkippedResult> Skipped)
{
    private const int TopK = 5;

    internal static EvaluationResult Of(ClassificationEvaluation evaluation) => new(
        evaluation.Accuracy,
        evaluation.GetTopKAccuracy(Math.Min(TopK, evaluation.Classes.Count)),
        evaluation.MacroF1,
        evaluation.LogLoss,
        evaluation.CalibrationError,
        evaluation.Count,
        evaluation.RejectedCount,
        evaluation.Skipped.Count(image => image.Reason == SkippedReason.Unreadable),
        [.. evaluation.Classes.Select(metrics => new ClassResult(metrics.Label, metrics.Support, metrics.Precision, metrics.Recall, metrics.F1))],
        [.. evaluation.Skipped.Select(image => new SkippedResult(image.Id, image.Label, image.Message))]);
}
