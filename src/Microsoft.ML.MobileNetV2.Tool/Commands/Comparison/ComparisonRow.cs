namespace Microsoft.ML.MobileNetV2.Tool.Commands.Comparison;

/// <summary>Represents what a network at a size reaches and costs.</summary>
/// <param name="Weights">The weights.</param>
/// <param name="InputSize">The input size in pixels.</param>
/// <param name="Accuracy">The accuracy on images that were held out.</param>
/// <param name="Count">The number of images that the accuracy counts.</param>
/// <param name="LeftOut">The number of images that could not be used, to train with or to measure with.</param>
/// <param name="Parameters">The parameters of the network with its head.</param>
/// <param name="MultiplyAdds">The multiplications, each with its addition, for an image.</param>
/// <param name="ModelBytes">The size of the saved model.</param>
/// <param name="Milliseconds">The median time for one image, measured here.</param>
/// <param name="ImagesPerSecond">The images a second with all processors, measured here.</param>
/// <param name="IsOnFront">Whether no other one is at least as accurate for fewer multiply-adds.</param>
internal sealed record ComparisonRow(
    string Weights,
    int InputSize,
    double Accuracy,
    int Count,
    int LeftOut,
    long Parameters,
    long MultiplyAdds,
    long ModelBytes,
    double Milliseconds,
    double ImagesPerSecond,
    bool IsOnFront = false);
