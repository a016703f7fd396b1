using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Turns what a graph does with the image before its first convolution into preprocessing and weights.</summary>
internal static class OnnxNormalization
{
    private const double White = 255;

    /// <summary>A mean or a divisor above this one is not of pixels from 0 to 1.</summary>
    private const double LargestOfUnitRange = 4;

    /// <summary>Returns the stem's weight for channels in the order red, green, blue, of pixels whose sign is not turned around.</summary>
    internal static WeightTensor ToRgb(WeightTensor weight, OnnxImage image)
    {
        int channels = image.Channels.Count;
        if (weight.Shape[1] != channels || Enumerable.Range(0, channels).All(channel => image.Channels[channel] == channel && image.Affine.Scale[channel] > 0))
        {
            return weight;
        }

        int kernel = weight.Shape[2] * weight.Shape[3];
        float[] values = new float[weight.Values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            int channel = i / kernel % channels;
            int output = i / kernel / channels;
            values[(output * channels + image.Channels[channel]) * kernel + i % kernel] = weight.Values[i] * Math.Sign(image.Affine.Scale[channel]);
        }

        return new(weight.Shape, values);
    }

    /// <summary>Adds mean and standard deviation to the metadata, where the graph normalizes its input.</summary>
    /// <param name="metadata">The metadata.</param>
    /// <param name="image">The image before the stem.</param>
    /// <param name="isBytes">Whether the graph's input is bytes, so that its range is known.</param>
    internal static void Describe(Dictionary<string, string> metadata, OnnxImage image, bool isBytes)
    {
        if (!image.IsNormalized && !isBytes)
        {
            return;
        }

        double[] deviation = new double[image.Channels.Count];
        double[] mean = new double[image.Channels.Count];
        for (int channel = 0; channel < deviation.Length; channel++)
        {
            int color = image.Channels[channel];
            deviation[color] = 1 / Math.Abs(image.Affine.Scale[channel]);
            mean[color] = -image.Affine.Shift[channel] / image.Affine.Scale[channel];
        }

        double unit = isBytes || deviation.Max() > LargestOfUnitRange || mean.Max(Math.Abs) > LargestOfUnitRange ? White : 1;
        metadata["mean"] = Text(mean, unit);
        metadata["std"] = Text(deviation, unit);
    }

    private static string Text(double[] values, double unit) =>
        string.Join(',', values.Select(value => ((float)(value / unit)).ToString("R", CultureInfo.InvariantCulture)));
}
