using System.Numerics;
using Microsoft.ML.MobileNetV2;
using SkiaSharp;

namespace TransferLearning.Tests.Surfaces;

/// <summary>Is the simplest classifier by color: the class whose mean color is nearest.</summary>
internal static class NearestMeanColor
{
    /// <summary>Returns the fraction of images that it gets right, each one tested with means of the other four fifths.</summary>
    internal static double Accuracy(IReadOnlyList<LabeledImage> images)
    {
        const int FoldCount = 5;
        (string Label, int Fold, Vector3 Color)[] samples =
            [.. images.AsParallel().AsOrdered().Select((image, index) => (image.Label, index % FoldCount, MeanColor(image.Image)))];
        int right = 0;
        for (int fold = 0; fold < FoldCount; fold++)
        {
            Dictionary<string, Vector3> means = samples
                .Where(sample => sample.Fold != fold)
                .GroupBy(sample => sample.Label)
                .ToDictionary(group => group.Key, group => group.Aggregate(Vector3.Zero, (sum, sample) => sum + sample.Color) / group.Count());
            right += samples.Count(sample => sample.Fold == fold
                && means.MinBy(mean => Vector3.DistanceSquared(mean.Value, sample.Color)).Key == sample.Label);
        }

        return (double)right / samples.Length;
    }

    private static Vector3 MeanColor(string path)
    {
        using var bitmap = SKBitmap.Decode(path);
        SKColor[] pixels = bitmap.Pixels;
        Vector3 sum = Vector3.Zero;
        foreach (SKColor pixel in pixels)
        {
            sum += new Vector3(pixel.Red, pixel.Green, pixel.Blue);
        }

        return sum / pixels.Length;
    }
}
