using Microsoft.ML.MobileNetV2;

// Loads weights of the catalog as a program of its own, under the environment variables, and prints what it does: a line a stage, then the count of features.
MobileNetV2Weights weights = MobileNetV2Weights.FromCatalog(args[0]);
weights.Load(new StageWriter());
Console.WriteLine(weights.FeatureCount);

internal sealed class StageWriter : IProgress<DownloadProgress>
{
    private string _last = string.Empty;

    public void Report(DownloadProgress value)
    {
        string stage = value switch
        {
            { IsCompleted: true } => "Completed",
            { IsWaiting: true } => "Waiting",
            { BytesDone: 0 } => "Started",
            _ => "Receiving",
        };
        if (stage != _last)
        {
            _last = stage;
            Console.WriteLine(stage);
        }
    }
}
