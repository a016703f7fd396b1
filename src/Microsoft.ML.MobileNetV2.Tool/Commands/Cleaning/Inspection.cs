using Microsoft.ML.MobileNetV2.Tool.Shell;

namespace Microsoft.ML.MobileNetV2.Tool.Commands.Cleaning;

/// <summary>Looks through images.</summary>
internal static class Inspection
{
    private const int FoldCount = 5;

    internal static CleaningResult Run(ImageDataset dataset, MobileNetV2Weights weights, float similarity, IWorkProgress progress, CancellationToken cancellationToken)
    {
        List<UnreadableFile> unreadable = [.. dataset.Problems.Select(problem => new UnreadableFile(problem.Path, problem.Message))];
        List<LabeledImage> images = [];
        List<float[]> features = [];
        using (MobileNetV2Engine engine = new(new MobileNetV2EngineOptions { Weights = weights }))
        {
            foreach (BatchResult<float[]> result in engine.Run(dataset.Images.Select(image => image.Image), cancellationToken))
            {
                LabeledImage image = dataset.Images[(int)result.Index];
                progress.Report("looking at images", result.Index + 1, dataset.Images.Count);
                if (result.Error is { } error)
                {
                    unreadable.Add(new(image.Image, error.Message));
                    continue;
                }

                images.Add(image);
                features.Add(result.Value);
            }
        }

        return new(images.Count, unreadable, FindDuplicates(images, features, similarity, cancellationToken), FindSuspects(images, features, progress, cancellationToken));
    }

    private static IReadOnlyList<IReadOnlyList<string>> FindDuplicates(
        List<LabeledImage> images, List<float[]> features, float similarity, CancellationToken cancellationToken) => images.Count < 2
        ? []
        : [.. NearDuplicates.Find(features, similarity, cancellationToken: cancellationToken).Groups.Select(group => (string[])[.. group.Select(index => images[index].Image)])];

    /// <summary>Returns the suspects; none where there is only one class, or too little of one to learn it without an image of it.</summary>
    private static IReadOnlyList<SuspectImage> FindSuspects(
        List<LabeledImage> images, List<float[]> features, IWorkProgress progress, CancellationToken cancellationToken)
    {
        if (images.CountBy(image => image.Label).Count(pair => pair.Value > 1) < 2)
        {
            return [];
        }

        IReadOnlyList<SuspectLabel> suspects = LabelReview.Find(
            features,
            [.. images.Select(image => image.Label)],
            FoldCount,
            progress: new ImmediateProgress<int>(done => progress.Report("comparing labels", done, FoldCount)),
            cancellationToken: cancellationToken);
        return
        [
            .. suspects.Select(suspect => new SuspectImage(
                images[suspect.Index].Image, suspect.Given.Label, suspect.Given.Score, suspect.Suggested.Label, suspect.Suggested.Score)),
        ];
    }
}
