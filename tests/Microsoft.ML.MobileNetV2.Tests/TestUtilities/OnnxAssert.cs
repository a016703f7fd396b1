using Google.Protobuf;
using Microsoft.ML.MobileNetV2.Network;
using Microsoft.ML.MobileNetV2.Onnx;
using Microsoft.ML.MobileNetV2.OnnxFormat;
using Microsoft.ML.MobileNetV2.Weights;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Compares the network that was read from an ONNX file with what ONNX Runtime computes of the unchanged file.</summary>
internal static class OnnxAssert
{
    private const double Tolerance = 1e-4;

    private const string DefaultName = "x.onnx";

    /// <summary>Fails unless the file is read, and gives the same numbers for an image as ONNX Runtime does.</summary>
    /// <param name="model">The file.</param>
    /// <param name="size">Height and width of the image.</param>
    /// <param name="feed">Makes the number that the file takes of a channel and a level from 0 to 255; null where it takes what the weights' preprocessing makes.</param>
    /// <param name="output">What the file computes.</param>
    /// <param name="isChannelsLast">Whether the file takes the channels as the last dimension.</param>
    /// <param name="name">Name of the file, for messages.</param>
    internal static MobileNetV2Weights SameAsRuntime(
        ModelProto model,
        int size = 64,
        Func<int, float, float>? feed = null,
        MobileNetV2Output output = MobileNetV2Output.ClassLogits,
        bool isChannelsLast = false,
        string name = DefaultName)
    {
        byte[] file = model.ToByteArray();
        MobileNetV2Weights weights = SafetensorsBytes.Load(file, name);
        float[] levels = Levels(size);
        float Normalize(int channel, float level) =>
            (level / 255 - Channel(weights.Description.Preprocessing.Mean, channel)) / Channel(weights.Description.Preprocessing.StandardDeviation, channel);

        float[] expected = Run(file, levels, size, feed ?? Normalize, isChannelsLast);
        float[] actual = Run(NetworkModel.Create(new NetworkSpecification(weights, size, output)), levels, size, Normalize, isChannelsLast: false);

        Assert.HasCount(expected.Length, actual, name);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.AreEqual(expected[i], actual[i], Tolerance * scale, $"{name}, output {i}");
        }

        return weights;
    }

    /// <summary>Fails unless the file, which ONNX Runtime runs, is refused by the name of a node.</summary>
    /// <param name="model">The file.</param>
    /// <param name="named">What the message must contain.</param>
    /// <param name="name">Name of the file, for messages.</param>
    internal static void Refused(ModelProto model, string named, string name = DefaultName)
    {
        byte[] file = model.ToByteArray();
        using InferenceSession session = Open(file);

        WeightsFormatException error = Assert.ThrowsExactly<WeightsFormatException>(() => SafetensorsBytes.Load(file, name), name);

        Assert.AreEqual(WeightsFormatError.UnsupportedNetwork, error.Error, error.Message);
        Assert.StartsWith($"'{name}': node '", error.Message);
        Assert.Contains(named, error.Message);
    }

    private static float[] Levels(int size) =>
        [.. Enumerable.Range(0, 3 * size * size).Select(i => (float)Math.Round(128 + 100 * Math.Sin(i % size / (7.0 + i / size / size) + i / size % size / 9.0)))];

    private static float[] Run(byte[] file, float[] levels, int size, Func<int, float, float> feed, bool isChannelsLast)
    {
        DenseTensor<float> input = new(isChannelsLast ? [1, size, size, 3] : [1, 3, size, size]);
        for (int i = 0; i < levels.Length; i++)
        {
            int channel = i / size / size;
            int pixel = i % (size * size);
            input.SetValue(isChannelsLast ? pixel * 3 + channel : i, feed(channel, levels[i]));
        }

        using InferenceSession session = Open(file);
        using var results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], input)]);
        return [.. results[0].AsEnumerable<float>()];
    }

    private static InferenceSession Open(byte[] file)
    {
        using SessionOptions options = new() { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR };
        return new(file, options);
    }

    private static float Channel(RgbValues values, int channel) => channel switch
    {
        0 => values.Red,
        1 => values.Green,
        _ => values.Blue,
    };
}
