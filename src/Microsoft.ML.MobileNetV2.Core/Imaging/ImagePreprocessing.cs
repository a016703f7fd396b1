namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how an image is converted to the network's input.</summary>
/// <remarks>
/// Weights only work with the preprocessing that they were trained with, so it is a part of their description.
/// The input is (pixel / 255 − <see cref="Mean"/>) / <see cref="StandardDeviation"/> for each channel, in the order red, green, blue.
/// </remarks>
public sealed record ImagePreprocessing
{
    private const float DefaultCropFraction = 0.875f;
    private const float SmallestCropFraction = 0.01f;
    private const float LargestMean = 1000;
    private const float SmallestDeviation = 1e-8f;
    private const float LargestDeviation = 1000;

    /// <summary>Gets the preprocessing of Google's and Keras' weights: x / 127.5 − 1, in the range −1 to 1.</summary>
    public static ImagePreprocessing TensorFlow { get; } = new();

    /// <summary>Gets the preprocessing of torchvision's and timm's weights: the mean and deviation of ImageNet's pixels.</summary>
    public static ImagePreprocessing Torchvision { get; } = new()
    {
        Mean = new(0.485f, 0.456f, 0.406f),
        StandardDeviation = new(0.229f, 0.224f, 0.225f),
    };

    /// <summary>Gets the height and width of the network's input in pixels.</summary>
    /// <value>From <see cref="MobileNetV2Architecture.MinInputSize"/> to <see cref="MobileNetV2Architecture.MaxInputSize"/>. The default is 224.</value>
    public int InputSize
    {
        get;
        init
        {
            MobileNetV2Architecture.RequireInputSize(value, nameof(value));
            field = value;
        }
    } = 224;

    /// <summary>Gets the way in which an image is made square.</summary>
    /// <value>The default is <see cref="ImageResizeMode.CenterCrop"/>.</value>
    public ImageResizeMode Resize
    {
        get;
        init => field = RequireDefined(value);
    }

    /// <summary>Gets the side of the cropped square as a fraction of the scaled image's shorter side.</summary>
    /// <value>
    /// From 0.01 to 1. The default is 0.875: shorter side 256 for an input of 224. Only used by <see cref="ImageResizeMode.CenterCrop"/>.
    /// </value>
    public float CropFraction
    {
        get;
        init => field = value is >= SmallestCropFraction and <= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The crop fraction must be from 0.01 to 1; published weights have 0.875.");
    } = DefaultCropFraction;

    /// <summary>Gets the filter for resizing.</summary>
    /// <value>The default is <see cref="ImageInterpolation.Bilinear"/>.</value>
    public ImageInterpolation Interpolation
    {
        get;
        init => field = RequireDefined(value);
    }

    /// <summary>Gets the mean that is subtracted from pixel / 255.</summary>
    /// <value>From −1000 to 1000. The default is 0.5 for each channel.</value>
    public RgbValues Mean
    {
        get;
        init => field = AreWithin(value, -LargestMean, LargestMean)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "The mean must be from -1000 to 1000 for each channel; it is that of pixel / 255.");
    } = new(0.5f, 0.5f, 0.5f);

    /// <summary>Gets the standard deviation by which the difference is divided.</summary>
    /// <value>From 0.00000001 to 1000. The default is 0.5 for each channel.</value>
    public RgbValues StandardDeviation
    {
        get;
        init => field = AreWithin(value, SmallestDeviation, LargestDeviation)
            ? value
            : throw new ArgumentOutOfRangeException(
                nameof(value), value, "The standard deviation must be from 0.00000001 to 1000 for each channel; it is that of pixel / 255.");
    } = new(0.5f, 0.5f, 0.5f);

    /// <summary>Gets the color behind transparent pixels and around a padded image.</summary>
    /// <value>Each channel from 0 to 255. The default is white.</value>
    public RgbValues Background
    {
        get;
        init => field = value is { Red: >= 0 and <= 255, Green: >= 0 and <= 255, Blue: >= 0 and <= 255 }
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Each channel of the background must be from 0 to 255.");
    } = new(255, 255, 255);

    /// <summary>Gets the shorter side in pixels to which <see cref="ImageResizeMode.CenterCrop"/> scales an image.</summary>
    internal int ShorterSide => (int)Math.Round(InputSize / Math.Round((double)CropFraction, 6));

    private static bool AreWithin(RgbValues values, float smallest, float largest) =>
        IsWithin(values.Red, smallest, largest) && IsWithin(values.Green, smallest, largest) && IsWithin(values.Blue, smallest, largest);

    private static bool IsWithin(float value, float smallest, float largest) => value >= smallest && value <= largest;

    private static T RequireDefined<T>(T value)
        where T : struct, Enum => Enum.IsDefined(value)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, $"Expected one of {string.Join(", ", Enum.GetNames<T>())}.");
}
