using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Runs a preprocessor and turns its output back into levels from 0 to 255, shape (3, S, S).</summary>
internal sealed record PixelPlanes(float[] Levels, int Size)
{
    internal float this[int channel, int y, int x] => Levels[(((channel * Size) + y) * Size) + x];

    internal static PixelPlanes Decode(byte[] encoded, ImagePreprocessing preprocessing, ImageDecodingOptions? options = null, ImageView? view = null)
    {
        ImagePreprocessor preprocessor = new(preprocessing, options);
        float[] pixels = new float[preprocessor.PixelCount];
        preprocessor.ProcessEncoded(encoded, "test", view, pixels);
        return FromNormalized(pixels, preprocessing);
    }

    internal static PixelPlanes FromNormalized(float[] pixels, ImagePreprocessing preprocessing)
    {
        RgbValues mean = preprocessing.Mean;
        RgbValues deviation = preprocessing.StandardDeviation;
        int planeLength = pixels.Length / 3;
        float[] means = [mean.Red, mean.Green, mean.Blue];
        float[] deviations = [deviation.Red, deviation.Green, deviation.Blue];
        return new([.. pixels.Select((value, i) => ((value * deviations[i / planeLength]) + means[i / planeLength]) * 255)], preprocessing.InputSize);
    }

    /// <summary>Returns the mean and the largest absolute difference in levels.</summary>
    internal (double Mean, double Max) DifferenceFrom(PixelPlanes other)
    {
        Assert.HasCount(other.Levels.Length, Levels);
        double[] differences = [.. Levels.Zip(other.Levels, (left, right) => (double)Math.Abs(left - right))];
        return (differences.Average(), differences.Max());
    }
}
