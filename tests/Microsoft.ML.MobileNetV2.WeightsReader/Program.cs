using Microsoft.ML.MobileNetV2;

// Loads weights of the catalog as a program of its own, under the environment variables, and prints what it does: a line a stage, then the count of features.
MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(args[0]);
weights.Load(new StageWriter());
Console.WriteLine(weights.FeatureCount);

internal sealed class StageWriter : IProgress<DownloadProgress>
{
    private DownloadStage? _last;

    public void Report(DownloadProgress value)
    {
        if (value.Stage != _last)
        {
            _last = value.Stage;
            Console.WriteLine(value.Stage);
        }
    }
}
