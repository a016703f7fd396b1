using System.Numerics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Converts levels from 0 to 255 to the network's input: level × scale + bias for each channel, in the order red, green, blue.</summary>
internal sealed class PixelNormalization
{
    internal const int ChannelCount = 3;
    internal const float MaxLevel = 255;
    private readonly (float Scale, float Bias)[] _channels;

    private PixelNormalization() => _channels = [(1, 0), (1, 0), (1, 0)];

    internal PixelNormalization(ImagePreprocessing preprocessing)
    {
        RgbValues mean = preprocessing.Mean;
        RgbValues deviation = preprocessing.StandardDeviation;
        _channels = [Channel(mean.Red, deviation.Red), Channel(mean.Green, deviation.Green), Channel(mean.Blue, deviation.Blue)];
    }

    /// <summary>Gets the normalization that leaves levels unchanged.</summary>
    internal static PixelNormalization None { get; } = new();

    internal (float Scale, float Bias) this[int channel] => _channels[channel];

    /// <summary>Normalizes planes of levels.</summary>
    internal void Apply(ReadOnlySpan<float> levels, Span<float> destination)
    {
        int planeLength = levels.Length / ChannelCount;
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            int start = channel * planeLength;
            Apply(levels.Slice(start, planeLength), _channels[channel], destination.Slice(start, planeLength));
        }
    }

    /// <summary>Fills planes with one color.</summary>
    internal void Fill(RgbValues levels, Span<float> destination)
    {
        int planeLength = destination.Length / ChannelCount;
        ReadOnlySpan<float> color = [levels.Red, levels.Green, levels.Blue];
        for (int channel = 0; channel < ChannelCount; channel++)
        {
            (float scale, float bias) = _channels[channel];
            destination.Slice(channel * planeLength, planeLength).Fill((color[channel] * scale) + bias);
        }
    }

    private static void Apply(ReadOnlySpan<float> levels, (float Scale, float Bias) channel, Span<float> plane)
    {
        Vector<float> scale = new(channel.Scale), bias = new(channel.Bias);
        int index = 0;
        for (; index <= levels.Length - Vector<float>.Count; index += Vector<float>.Count)
        {
            ((new Vector<float>(levels[index..]) * scale) + bias).CopyTo(plane[index..]);
        }

        for (; index < levels.Length; index++)
        {
            plane[index] = (levels[index] * channel.Scale) + channel.Bias;
        }
    }

    private static (float Scale, float Bias) Channel(float mean, float deviation) => (1 / (MaxLevel * deviation), -mean / deviation);
}
