using Microsoft.ML.MobileNetV2;

// Uses the package without a project. Argument: an image. Prints the count of features, whether all are numbers, whether the best class of ImageNet has a
// name and a probability, and whether JSON may use reflection, which programs like this one may not by default.
using MobileNetV2Engine engine = new();
float[] features = engine.Run(args[0]);
Console.WriteLine($"{features.Length} features, all numbers: {features.All(float.IsFinite)}, all zero: {features.All(feature => feature == 0)}");

using ImageClassifier classifier = ImageClassifier.ForImageNet();
ClassScore best = classifier.Predict(args[0]).Best;
Console.WriteLine($"a class of ImageNet: {ImageNetClasses.Names.Contains(best.Label)}, a probability: {best.Score is > 0 and <= 1}");

bool isSet = AppContext.TryGetSwitch("System.Text.Json.JsonSerializer.IsReflectionEnabledByDefault", out bool isReflecting);
Console.WriteLine($"JSON without reflection: {isSet && !isReflecting}");
