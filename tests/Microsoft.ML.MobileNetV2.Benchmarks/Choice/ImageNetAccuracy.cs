using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Benchmarks;

/// <summary>Measures how many of the reference data's ImageNet images a classifier of ImageNet's classes recognizes.</summary>
internal static class ImageNetAccuracy
{
    private const int Top = 5;

    /// <summary>Returns the fraction of images whose class is the best, and is among the best five; null where there is no classifier.</summary>
    internal static (double TopOne, double TopFive)? Measure(string referenceFolder, NetworkChoice network, ImageDecodingOptions decoding)
    {
        if (network.Weights.ClassCount == 0)
        {
            return null;
        }

        string folder = Path.Combine(referenceFolder, "images", "imagenet-samples");
        (string Path, string Class)[] samples = [.. File.ReadLines($"{folder}.tsv")
            .Skip(1)
            .Select(line => line.Split('\t'))
            .Select(cells => (Path.Combine(folder, cells[0]), ImageNetClasses.Names[int.Parse(cells[1], CultureInfo.InvariantCulture)]))];
        using ImageClassifier classifier = ImageClassifier.ForImageNet(
            new() { Weights = network.Weights, InputSize = network.InputSize, Decoding = decoding });
        int[] ranks = [.. classifier.Predict(samples.Select(sample => sample.Path), Top)
            .Zip(samples, (result, sample) => result.Value.Scores.ToList().FindIndex(score => score.Label == sample.Class))];
        return (ranks.Count(rank => rank == 0) / (double)ranks.Length, ranks.Count(rank => rank >= 0) / (double)ranks.Length);
    }
}
