using Microsoft.ML.MobileNetV2;

// Predicts one image in a program of its own, without ML.NET, and prints the count of features and the best class of ImageNet.
using MobileNetV2Engine engine = new();
Console.WriteLine(engine.Run(args[0]).Length);
using ImageClassifier classifier = ImageClassifier.ForImageNet();
Console.WriteLine(classifier.Predict(args[0]).Best.Label);
