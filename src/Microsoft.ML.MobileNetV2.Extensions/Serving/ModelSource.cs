namespace Microsoft.ML.MobileNetV2.Serving;

/// <summary>Loads the model of a classifier that is served.</summary>
/// <param name="options">Valid options.</param>
/// <param name="contentRoot">The folder where relative paths begin.</param>
internal sealed class ModelSource(ImageClassifierServiceOptions options, string contentRoot)
{
    /// <summary>Gets the absolute path of the file; null where there is none.</summary>
    internal string? FilePath { get; } = options.UseImageNet ? null : Path.GetFullPath(options.Path!, contentRoot);

    /// <summary>Returns the file or the weights, for messages.</summary>
    public override string ToString() => FilePath is null ? "the bundled weights" : $"'{FilePath}'";

    /// <summary>Loads the model and runs it once, so that the first image takes no longer than others.</summary>
    internal ImageClassifier Load()
    {
        ImageClassifier classifier = FilePath is null
            ? ImageClassifier.ForImageNet(ForImageNet())
            : ImageClassifier.Load(FilePath, ForFile());
        try
        {
            classifier.WarmUp();
            return classifier;
        }
        catch
        {
            classifier.Dispose();
            throw;
        }
    }

    private ImageClassifierOptions ForFile() => new()
    {
        UnknownThreshold = options.UnknownThreshold,
        MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
        Runtime = options.Runtime,
        MaxModelSize = options.MaxModelSize,
        MaxInputSize = options.MaxInputSize,
        MaxPixelCount = options.MaxPixelCount,
    };

    private ImageNetClassifierOptions ForImageNet() => new()
    {
        UnknownThreshold = options.UnknownThreshold,
        MaxDegreeOfParallelism = options.MaxDegreeOfParallelism,
        Runtime = options.Runtime,
        Decoding = ImageDecodingOptions.Default with { MaxPixelCount = options.MaxPixelCount },
    };
}
