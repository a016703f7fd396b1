using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2;

// Uses the package as an application does. Arguments: an image, a saved model, and a damaged file that Keras wrote. Prints what is said about that file, the
// count of features, whether all are numbers, and the best class.
string imagePath = args[0];
string modelPath = args[1];
try
{
    MobileNetV2Weights.FromFile(args[2]);
}
catch (WeightsFormatException e)
{
    Console.WriteLine(e.Message);
}

MLContext context = new();
IDataView rows = context.Data.LoadFromEnumerable([new Row { Image = imagePath }]);
float[] features = context.Transforms.MobileNetV2("Features", "Image").Fit(rows).Transform(rows).GetColumn<float[]>("Features").Single();
Console.WriteLine($"{features.Length} features, all numbers: {features.All(float.IsFinite)}, all zero: {features.All(feature => feature == 0)}");

using ImageClassifier classifier = ImageClassifier.Load(modelPath);
Console.WriteLine(classifier.Predict(ImageSource.FromFile(imagePath)).Best.Label);

internal sealed class Row
{
    public string Image { get; set; } = string.Empty;
}
