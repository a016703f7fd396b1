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
        using var model = Train(folder, options);
        return Evaluate(folder, model);
    }

    /// <summary>Trains on the folder train of a set of images.</summary>
    /// <param name="folder">The folder of the set.</param>
    /// <param name="options">The options.</param>
    /// <param name="isLabeled">Whether the rows have their labels.</param>
    internal static MobileNetV2PredictionTransformer Train(string folder, MobileNetV2TrainerOptions options, bool isLabeled = true)
    {
        MLContext context = new(1);
        return context.MulticlassClassification.Trainers.MobileNetV2(options).Fit(Read(context, Path.Combine(folder, "train"), isLabeled));
    }

    /// <summary>Returns the accuracy of a model on the folder test of a set of images.</summary>
    internal static double Evaluate(string folder, MobileNetV2PredictionTransformer model)
    {
        IDataView test = Read(new(1), Path.Combine(folder, "test"));
        bool[] correct = [.. model.Transform(test).GetColumn<float[]>("Score")
            .Zip(test.GetColumn<string>("Label"), (scores, label) => model.ClassNames[scores.IndexOf(scores.Max())] == label)];
        return correct.Count(isCorrect => isCorrect) / (double)correct.Length;
    }

    private static IDataView Read(MLContext context, string folder, bool isLabeled = true) => context.Data.LoadFromEnumerable(
        Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal)
            .Select(path => new LabeledImageRow { Image = path, Label = isLabeled ? Path.GetFileName(Path.GetDirectoryName(path)!) : string.Empty })
            .ToArray());
}
