using System.Text.Json;
using Microsoft.ML.MobileNetV2;

// Uses the Core as a small application does. Arguments: a saved model, an image, a file that Keras wrote. Prints the scores, whether JSON works by reflection,
// what the bundled weights make of the image, and what is said about the file.
using ImageClassifier classifier = ImageClassifier.Load(args[0]);
foreach (ClassScore score in classifier.Predict(args[1]).Scores)
{
    Console.WriteLine($"{score.Label} {score.Score:R}");
}

Console.WriteLine($"reflection: {JsonSerializer.IsReflectionEnabledByDefault}");
using MobileNetV2Engine engine = new();
Console.WriteLine($"features: {string.Join(' ', engine.Run(args[1]))}");
try
{
    MobileNetV2Weights.FromFile(args[2]);
}
catch (WeightsFormatException e)
{
    Console.WriteLine(e.Message);
}
