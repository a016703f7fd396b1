using System.Globalization;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Represents a row of Google's table of checkpoints (tensorflow/models, research/slim/nets/mobilenet/README.md).</summary>
/// <param name="WidthMultiplier">The width multiplier.</param>
/// <param name="InputSize">Height and width of the input in pixels.</param>
/// <param name="MultiplyAdds">Whole millions of multiply-adds, truncated, with the classifier of 1001 classes.</param>
/// <param name="Parameters">Millions of parameters, those of batch norm left out.</param>
/// <param name="Top1">Accuracy on ImageNet in percent.</param>
/// <param name="Top5">Accuracy of the first five classes on ImageNet in percent.</param>
internal sealed record PublishedCheckpoint(float WidthMultiplier, int InputSize, int MultiplyAdds, double Parameters, double Top1, double Top5)
{
    /// <summary>Google counts the classifier with its background class.</summary>
    internal const int ClassCount = 1001;

    internal static readonly IReadOnlyList<PublishedCheckpoint> All =
    [
        new(1.4f, 224, 582, 6.06, 75.0, 92.5),
        new(1.3f, 224, 509, 5.34, 74.4, 92.1),
        new(1.0f, 224, 300, 3.47, 71.8, 91.0),
        new(1.0f, 192, 221, 3.47, 70.7, 90.1),
        new(1.0f, 160, 154, 3.47, 68.8, 89.0),
        new(1.0f, 128, 99, 3.47, 65.3, 86.9),
        new(1.0f, 96, 56, 3.47, 60.3, 83.2),
        new(0.75f, 224, 209, 2.61, 69.8, 89.6),
        new(0.75f, 192, 153, 2.61, 68.7, 88.9),
        new(0.75f, 160, 107, 2.61, 66.4, 87.3),
        new(0.75f, 128, 69, 2.61, 63.2, 85.3),
        new(0.75f, 96, 39, 2.61, 58.8, 81.6),
        new(0.5f, 224, 97, 1.95, 65.4, 86.4),
        new(0.5f, 192, 71, 1.95, 63.9, 85.4),
        new(0.5f, 160, 50, 1.95, 61.0, 83.2),
        new(0.5f, 128, 32, 1.95, 57.7, 80.8),
        new(0.5f, 96, 18, 1.95, 51.2, 75.8),
        new(0.35f, 224, 59, 1.66, 60.3, 82.9),
        new(0.35f, 192, 43, 1.66, 58.2, 81.2),
        new(0.35f, 160, 30, 1.66, 55.7, 79.1),
        new(0.35f, 128, 20, 1.66, 50.8, 75.0),
        new(0.35f, 96, 11, 1.66, 45.5, 70.4),
    ];

    internal string WidthText => WidthMultiplier.ToString("0.0#", CultureInfo.InvariantCulture);
}
