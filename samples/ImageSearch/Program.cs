using ImageSearch;
using Microsoft.ML.MobileNetV2;
using TransferLearning;

try
{
    SearchOptions options = SearchOptions.Parse(args);
    if (options.IsHelpWanted)
    {
        Console.WriteLine(SearchOptions.Help);
        return 0;
    }

    using DrawnImages? drawn = options.Folder is null ? new DrawnImages() : null;
    return drawn is null ? Search(options) : Search(options.In(drawn));
}
catch (Exception error) when (error is UsageException or ImageDecodingException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {error.Message}");
    return 1;
}

static int Search(SearchOptions options)
{
    string folder = Path.GetFullPath(options.Folder!);
    IReadOnlyList<ImageFile> files = ImageFile.List(folder);

    // Only images that the index does not have yet go through the network; a run that was stopped goes on where it was.
    using MobileNetV2Engine engine = new();
    using ImageIndex index = ImageIndex.Open(options.IndexFolder ?? ImageIndex.DefaultFolder(folder));
    IReadOnlyList<string> errors = Indexing.Update(index, engine, files);

    // Similar images have similar features, so the nearest vectors are the most similar images.
    string like = Path.GetFullPath(options.Like ?? files[0].Path);
    IReadOnlyList<Neighbor> nearest = index.FindNearest(engine.Run(like), options.Count, like);
    IReadOnlyList<ImagePair> duplicates = NearDuplicates.Find(index.List(), options.MaxDuplicateDistance);

    Report report = new(folder, options);
    Report.Print(errors, index.Count);
    report.Print(like, nearest);
    report.Print(duplicates);
    report.WriteSheet(new ContactSheet(options.AreImagesTemporary), like, nearest, duplicates);
    if (options.IsMeasured)
    {
        report.Print(SearchQuality.Measure(index, options.Count));
    }

    return errors.Count == 0 ? 0 : 1;
}
