using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2;

/// <summary>Says how random views of training images differ from the plain images.</summary>
/// <remarks>
/// A view is made in this order: a part of the upright image fills the network's square; it is mirrored; turned; its brightness, contrast,
/// saturation and hue are changed as torchvision's ColorJitter does, each limited to levels from 0 to 255; normalized as the weights ask for.
/// Each effect can be turned off; with all of them off a view is the plain image. What is drawn only depends on these options and on the
/// numbers of image and view, not on the platform or on the order of computation.
/// </remarks>
public sealed record ImageAugmentationOptions
{
    private const float DefaultMinCropArea = 0.5f;
    private const float DefaultMaxAspectRatio = 4f / 3;
    private const float DefaultMaxRotationDegrees = 10;
    private const float DefaultColorChange = 0.2f;
    private const float DefaultHue = 0.02f;

    /// <summary>Gets how many views of each training image are made beside the plain one.</summary>
    /// <value>From 1 to 64. The default is 3.</value>
    public int ViewsPerImage
    {
        get;
        init => field = Require(value, value is >= 1 and <= 64, "1 to 64");
    } = 3;

    /// <summary>Gets a value indicating whether half of the views are mirrored left to right; wrong where the sides differ, as in text.</summary>
    /// <value>The default is <see langword="true"/>.</value>
    public bool HorizontalFlip { get; init; } = true;

    /// <summary>Gets a value indicating whether half of the views are mirrored top to bottom: for images without up and down.</summary>
    /// <value>The default is <see langword="false"/>.</value>
    public bool VerticalFlip { get; init; }

    /// <summary>
    /// Gets the smallest share of the image's area that a view shows: the random resized crop of Szegedy et al. (arXiv:1409.4842, section 6)
    /// as torchvision's RandomResizedCrop makes it. The part fills the square whatever <see cref="ImagePreprocessing.Resize"/> says.
    /// </summary>
    /// <value>
    /// Above 0, at most 1. At 1 nothing is cropped: views show what the plain image shows. The default is 0.5; Szegedy et al. use 0.08.
    /// </value>
    public float MinCropScale
    {
        get;
        init => field = Require(value, value is > 0 and <= 1, "above 0, at most 1");
    } = DefaultMinCropArea;

    /// <summary>Gets the largest ratio of width to height of the part that a view shows; drawn evenly on a logarithmic scale.</summary>
    /// <value>From 1 to 10; the smallest ratio is 1 / this. The default is 4 / 3. Has no effect when <see cref="MinCropScale"/> is 1.</value>
    public float MaxAspectRatio
    {
        get;
        init => field = Require(value, value is >= 1 and <= 10, "1 to 10");
    } = DefaultMaxAspectRatio;

    /// <summary>Gets by how many degrees a view is turned at most, either way; beyond its edges the image goes on mirrored.</summary>
    /// <value>From 0 to 180. The default is 10.</value>
    public float MaxRotationDegrees
    {
        get;
        init => field = Require(value, value is >= 0 and <= 180, "0 to 180");
    } = DefaultMaxRotationDegrees;

    /// <summary>Gets by which share a view is made brighter or darker at most.</summary>
    /// <value>From 0 to 1: levels are multiplied with 1 − this to 1 + this. The default is 0.2.</value>
    public float Brightness
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets by which share differences from the view's mean gray grow or shrink at most.</summary>
    /// <value>From 0 to 1: differences are multiplied with 1 − this to 1 + this. The default is 0.2.</value>
    public float Contrast
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets by which share differences of each pixel from its own gray grow or shrink at most.</summary>
    /// <value>From 0 to 1: differences are multiplied with 1 − this to 1 + this. The default is 0.2.</value>
    public float Saturation
    {
        get;
        init => field = Require(value, value is >= 0 and <= 1, "0 to 1");
    } = DefaultColorChange;

    /// <summary>Gets how far hues move at most, either way, as a fraction of the circle of colors.</summary>
    /// <value>From 0 to 0.5, which is the opposite color. The default is 0.02.</value>
    public float Hue
    {
        get;
        init => field = Require(value, value is >= 0 and <= 0.5f, "0 to 0.5");
    } = DefaultHue;

    /// <summary>Gets what the views are drawn from.</summary>
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
