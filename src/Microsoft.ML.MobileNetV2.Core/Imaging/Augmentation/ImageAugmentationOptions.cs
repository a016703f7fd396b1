using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how random views of training images differ from the original images.</summary>
/// <remarks>
/// A view is created in this order: a part of the upright image is resized to the network's square; flipped; rotated; its brightness,
/// contrast, saturation and hue are changed as torchvision's ColorJitter does, each clamped to levels from 0 to 255; and normalized as the
/// weights require. Each effect can be turned off; with all of them off, a view is the original image. The random values depend only on these
/// options and on the indices of image and view, not on the platform or on the order of computation.
/// </remarks>
public sealed record ImageAugmentationOptions
{
    private const float DefaultMinCropArea = 0.5f;
    private const float DefaultMaxAspectRatio = 4f / 3;
    private const float DefaultMaxRotationDegrees = 10;
    private const float DefaultColorChange = 0.2f;
    private const float DefaultHue = 0.02f;

    /// <summary>Gets the number of random views of each training image, in addition to the original one.</summary>
    /// <value>From 1 to 64. The default is 3.</value>
    public int ViewsPerImage
    {
        get;
        init => field = Require(value, value is >= 1 and <= 64, "1 to 64");
    } = 3;

    /// <summary>Gets a value indicating whether views are flipped left to right with a probability of one half.</summary>
    /// <value>The default is <see langword="true"/>; use <see langword="false"/> where the sides matter, as in text.</value>
    public bool HorizontalFlip { get; init; } = true;

    /// <summary>Gets a value indicating whether views are flipped top to bottom with a probability of one half, for images without up and down.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool VerticalFlip { get; init; }

    /// <summary>
    /// Gets the smallest fraction of the image's area that a view shows: the random resized crop of Szegedy et al. (arXiv:1409.4842, section 6)
    /// as in torchvision's RandomResizedCrop. The part fills the square regardless of <see cref="ImagePreprocessing.Resize"/>.
    /// </summary>
    /// <value>
    /// Above 0, at most 1. At 1 nothing is cropped. The default is 0.5; Szegedy et al. use 0.08.
    /// </value>
    public float MinCropScale
    {
        get;
        init => field = Require(value, value is > 0 and <= 1, "above 0, at most 1");
    } = DefaultMinCropArea;

    /// <summary>Gets the largest ratio of width to height of the part that a view shows. The ratio is uniform on a logarithmic scale.</summary>
    /// <value>From 1 to 10; the smallest ratio is 1 / this. The default is 4 / 3. Has no effect when <see cref="MinCropScale"/> is 1.</value>
    public float MaxAspectRatio
    {
        get;
        init => field = Require(value, value is >= 1 and <= 10, "1 to 10");
    } = DefaultMaxAspectRatio;

    /// <summary>Gets the largest angle in degrees by which a view is rotated in either direction. Edges are reflect-padded.</summary>
    /// <value>From 0 to 180. The default is 10.</value>
    public float MaxRotationDegrees
    {
        get;
        init => field = Require(value, value is >= 0 and <= 180, "0 to 180");
    } = DefaultMaxRotationDegrees;

    /// <summary>Gets the largest relative change of brightness.</summary>
    /// <value>From 0 to 1: levels are multiplied by a factor from 1 − this to 1 + this. The default is 0.2.</value>
    public float Brightness
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets the largest relative change of contrast: of the differences from the view's mean gray.</summary>
    /// <value>From 0 to 1: differences are multiplied by a factor from 1 − this to 1 + this. The default is 0.2.</value>
    public float Contrast
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets the largest relative change of saturation: of the differences of each pixel from its own gray.</summary>
    /// <value>From 0 to 1: differences are multiplied by a factor from 1 − this to 1 + this. The default is 0.2.</value>
    public float Saturation
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets the largest shift of hue in either direction, as a fraction of the color wheel.</summary>
    /// <value>From 0 to 0.5, which is the opposite color. The default is 0.02.</value>
    public float Hue
    {
        get;
        init => field = Require(value, value is >= 0 and <= 0.5f, "0 to 0.5");
    } = DefaultHue;

    /// <summary>Gets the seed of the random views.</summary>
    /// <value>Any number. The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>Returns all that decides about the content of a view, the same text on every platform.</summary>
    internal string Describe() => FormattableString.Invariant(
        $"flips {HorizontalFlip}/{VerticalFlip}, crop {MinCropScale}, aspect {MaxAspectRatio}, rotation {MaxRotationDegrees}, ") +
        FormattableString.Invariant($"brightness {Brightness}, contrast {Contrast}, saturation {Saturation}, hue {Hue}, seed {Seed}");

    private static T Require<T>(T value, bool isValid, string expected, [CallerMemberName] string name = "") => isValid
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, FormattableString.Invariant($"{name} is {value}; expected {expected}."));
}
