using Microsoft.ML.MobileNetV2;

// Loads weights of the catalog as a program of its own, under the environment variables, and prints what it does: a line a stage, then the count of features.
MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(args[0]);
DownloadStage? last = null;
MobileNetV2Weights.DownloadProgressChanged += (_, progress) =>
{
    if (progress.Stage != last)
    {
        last = progress.Stage;
        Console.WriteLine(progress.Stage);
    }
};
weights.Load();
Console.WriteLine(weights.FeatureCount);
