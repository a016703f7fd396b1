using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;

// Tries what the package can do, and prints what works on this platform. Arguments: two images, and a saved model.
string modelPath = args[2];
MLContext context = new(seed: 1);
IDataView rows = context.Data.LoadImages(new ImageDataset([.. Enumerable.Range(0, 8).Select(i => new LabeledImage(args[i % 2], $"class {i % 2}"))]));

Try("ImageClassifier", () => ImageClassifier.Load(modelPath).Predict(args[0]));
Try("MobileNetV2Engine", () => new MobileNetV2Engine().Run(args[0]));
Try("featurizer", () => context.Transforms.MobileNetV2("Features", "Image").Fit(rows).Transform(rows).GetColumn<float[]>("Features").Count());
Try("trainer", () => context.MulticlassClassification.Trainers.MobileNetV2().Fit(rows).Transform(rows).GetColumn<float[]>("Score").Count());
Try("Save", () => context.Model.Save(context.Transforms.MobileNetV2("Features", "Image").Fit(rows), rows.Schema, Stream.Null));
Try("Load", () => context.Model.Load(modelPath, out _));

static void Try(string name, Action action)
{
    try
    {
        action();
        Console.WriteLine($"{name}: works");
    }
    catch (Exception error)
    {
        Console.WriteLine($"{name}: fails");
        Console.Error.WriteLine(error);
    }
}
