namespace Microsoft.ML.MobileNetV2.Tool.Reports;

/// <summary>Represents what a report shows.</summary>
/// <param name="Model">The file of the model.</param>
/// <param name="Folder">The folder of the images, which their names start from.</param>
/// <param name="Created">When it was evaluated.</param>
/// <param name="Evaluation">The figures.</param>
/// <param name="Gallery">The mistakes and the rejected images, the most confident first.</param>
/// <param name="Suspects">The images whose labels are perhaps wrong.</param>
/// <param name="Duplicates">Groups of images that look alike.</param>
internal sealed record EvaluationReport(
    string Model,
    string Folder,
    DateTimeOffset Created,
    ClassificationEvaluation Evaluation,
    IReadOnlyList<ReportImage> Gallery,
    IReadOnlyList<ReportSuspect> Suspects,
    IReadOnlyList<IReadOnlyList<string>> Duplicates)
{
    /// <summary>Returns the name of an image below the folder.</summary>
    internal string NameOf(string path) => Path.GetRelativePath(Folder, path);
}
