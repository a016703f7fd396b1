using System.Numerics;
using SkiaSharp;

namespace TransferLearning.Tests.Surfaces;

/// <summary>Is the simplest classifier by colour: the class whose mean colour is nearest.</summary>
internal static class NearestMeanColour
{
    /// <summary>Returns the share of pictures that it gets right, each one tested with means of the other four fifths.</summary>
    internal static double Accuracy(IReadOnlyList<Picture> pictures)
    {
        const int FoldCount = 5;
        (string Label, int Fold, Vector3 Color)[] samples =
            [.. pictures.AsParallel().AsOrdered().Select((picture, index) => (picture.Label, index % FoldCount, MeanColour(picture.Image)))];
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

    private static Vector3 MeanColour(string path)
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
