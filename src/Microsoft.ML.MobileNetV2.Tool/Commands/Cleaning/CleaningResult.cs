namespace Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;

/// <summary>Represents the result of <c>clean</c>.</summary>
/// <param name="Count">The number of images that could be read.</param>
/// <param name="Unreadable">What cannot be read, with the reason.</param>
/// <param name="Duplicates">Groups of images that look alike.</param>
/// <param name="LikelyWrong">Images that look like those of another class, the most certain first.</param>
internal sealed record CleaningResult(
    int Count, IReadOnlyList<UnreadableFile> Unreadable, IReadOnlyList<IReadOnlyList<string>> Duplicates, IReadOnlyList<SuspectImage> LikelyWrong);
