using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Weights;

/// <summary>Lists Google's ImageNet weights as Keras publishes them.</summary>
internal static class ImageNetWeights
{
    internal const int ClassCount = 1000;
    private const string Folder = "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/";

    /// <summary>Width multiplier, input size, top-1 and top-5 accuracy of tensorflow/models, research/slim/nets/mobilenet.</summary>
    private static readonly (float Width, int Size, double Top1, double Top5)[] Published =
    [
        (1.4f, 224, 75.0, 92.5),
        (1.3f, 224, 74.4, 92.1),
        (1.0f, 224, 71.8, 91.0),
        (1.0f, 192, 70.7, 90.1),
        (1.0f, 160, 68.8, 89.0),
        (1.0f, 128, 65.3, 86.9),
        (1.0f, 96, 60.3, 83.2),
        (0.75f, 224, 69.8, 89.6),
        (0.75f, 192, 68.7, 88.9),
        (0.75f, 160, 66.4, 87.3),
        (0.75f, 128, 63.2, 85.3),
        (0.75f, 96, 58.8, 81.6),
        (0.5f, 224, 65.4, 86.4),
        (0.5f, 192, 63.9, 85.4),
        (0.5f, 160, 61.0, 83.2),
        (0.5f, 128, 57.7, 80.8),
        (0.5f, 96, 51.2, 75.8),
        (0.35f, 224, 60.3, 82.9),
        (0.35f, 192, 58.2, 81.2),
        (0.35f, 160, 55.7, 79.1),
        (0.35f, 128, 50.8, 75.0),
        (0.35f, 96, 45.5, 70.4),
    ];

    internal static IEnumerable<PretrainedWeights> All => Published.SelectMany(row => new[] { Create(row, true), Create(row, false) });

    /// <exception cref="ArgumentOutOfRangeException">There are no such weights; the message lists those that exist.</exception>
    internal static string NameOf(float widthMultiplier, int inputSize, bool includeClassifier)
    {
        int[] sizes = [.. Published.Where(row => row.Width == widthMultiplier).Select(row => row.Size).Order()];
        if (sizes.Length == 0)
        {
            throw new ArgumentOutOfRangeException(
                nameof(widthMultiplier),
                widthMultiplier,
                $"The width multiplier is {Text(widthMultiplier)}; ImageNet weights exist for " +
                $"{List(Published.Select(row => row.Width).Distinct().Order().Select(Text))}.");
        }

        return sizes.Contains(inputSize)
            ? NameOf(Text(widthMultiplier), inputSize, includeClassifier)
            : throw new ArgumentOutOfRangeException(
                nameof(inputSize),
                inputSize,
                FormattableString.Invariant($"The input size is {inputSize}; at width multiplier {Text(widthMultiplier)} ImageNet weights exist for ") +
                $"{List(sizes.Select(size => size.ToString(CultureInfo.InvariantCulture)))}.");
    }

    private static PretrainedWeights Create((float Width, int Size, double Top1, double Top5) row, bool includeClassifier)
    {
        string width = Text(row.Width);
        string suffix = includeClassifier ? string.Empty : "_no_top";
        return new()
        {
            Description = new()
            {
                Name = NameOf(width, row.Size, includeClassifier),
                Architecture = new(row.Width),
                Padding = PaddingConvention.Same,
                BatchNormEpsilon = WeightsDescription.TensorFlowBatchNormEpsilon,
                Preprocessing = ImagePreprocessing.TensorFlow with { InputSize = row.Size },
                ClassNames = includeClassifier ? ImageNetClasses.Names : [],
                License = "Apache-2.0",
                Attribution = "MobileNetV2 trained on ImageNet by Google (Sandler et al., arXiv:1801.04381), " +
                    "published by TensorFlow and Keras under the Apache License 2.0.",
            },
            ClassCount = includeClassifier ? ClassCount : 0,
            Top1Accuracy = row.Top1,
            Top5Accuracy = row.Top5,
            Address = new(FormattableString.Invariant($"{Folder}mobilenet_v2_weights_tf_dim_ordering_tf_kernels_{width}_{row.Size}{suffix}.h5")),
        };
    }

    private static string NameOf(string width, int size, bool includeClassifier) =>
        FormattableString.Invariant($"imagenet-{width}-{size}{(includeClassifier ? string.Empty : "-no-top")}");

    private static string Text(float width) => width.ToString("0.0#", CultureInfo.InvariantCulture);

    private static string List(IEnumerable<string> values)
    {
        string[] items = [.. values];
        return items.Length == 1 ? $"{items[0]} only" : $"{string.Join(", ", items[..^1])} and {items[^1]}";
    }
}
