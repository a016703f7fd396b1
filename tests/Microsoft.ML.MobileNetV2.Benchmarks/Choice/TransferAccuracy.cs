using Microsoft.ML.Data;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures what the trainer with default options makes of a network's features.</summary>
internal static class TransferAccuracy
{
    /// <summary>Trains on the folder train of a set of images, and returns the accuracy on its folder test.</summary>
    internal static double Measure(string folder, NetworkChoice network, ImageDecodingOptions decoding) => Measure(
        folder, new() { Weights = network.Weights, InputSize = network.InputSize, Decoding = decoding });

    /// <summary>Trains with given options.</summary>
    internal static double Measure(string folder, MobileNetV2TrainerOptions options)
    {
        MLContext context = new(1);
        using var model = context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(Read(context, Path.Combine(folder, "train")));
        IDataView test = Read(context, Path.Combine(folder, "test"));
        bool[] correct = [.. model.Transform(test).GetColumn<float[]>("Score")
            .Zip(test.GetColumn<string>("Label"), (scores, label) => model.ClassNames[scores.IndexOf(scores.Max())] == label)];
        return correct.Count(isCorrect => isCorrect) / (double)correct.Length;
    }

    private static IDataView Read(MLContext context, string folder) => context.Data.LoadFromEnumerable(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new LabeledImageRow { Image = path, Label = Path.GetFileName(Path.GetDirectoryName(path)!) })
            .ToArray());
}
