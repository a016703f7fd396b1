using Microsoft.ML;
using Microsoft.ML.MobileNetV2;

// Trains on the images of a folder with a feature cache in another folder, and waits for its input to end before the last image: to be killed there.
// Saves the model where a third argument says.
string[] paths = [.. Directory.EnumerateFiles(args[0]).Order(StringComparer.Ordinal)];
MLContext context = new(1);
IDataView rows = context.Data.LoadFromEnumerable(paths.Select((path, index) =>
{
    if (index == paths.Length - 1)
    {
        Console.In.ReadToEnd();
    }

    return new Row { Image = path, Label = index % 2 == 0 };
}));
MobileNetV2TrainerOptions options = new() { InputSize = 64, FeatureCache = FeatureCache.InFolder(args[1]), MaxDegreeOfParallelism = 1 };
using MobileNetV2PredictionTransformer model = context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(rows);
if (args.Length > 2)
{
    context.Model.Save(model, rows.Schema, args[2]);
}

Console.WriteLine(options.FeatureCache.MissCount);

internal sealed class Row
{
    public string Image { get; set; } = string.Empty;

    public bool Label { get; set; }
}
