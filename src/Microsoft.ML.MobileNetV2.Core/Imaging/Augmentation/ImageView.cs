using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the random choices for one view of an image, whose size need not be known. Without changes it is the plain image.</summary>
internal sealed record ImageView
{
    private const double EitherWay = 0.5;

    /// <summary>Gets the part that is shown; null shows what the plain image shows.</summary>
    internal RandomCrop? Crop { get; init; }

    internal bool IsMirroredX { get; init; }

    internal bool IsMirroredY { get; init; }

    /// <summary>Gets the angle in degrees by which the square is rotated counterclockwise.</summary>
    internal float RotationDegrees { get; init; }

    internal ColorChange Colors { get; init; } = ColorChange.None;

    /// <summary>Draws one view of one image; the same on every platform.</summary>
    /// <param name="options">What to draw from.</param>
    /// <param name="image">A number that tells the image from others.</param>
    /// <param name="view">A number that tells the view from others of the same image.</param>
    internal static ImageView Draw(ImageAugmentationOptions options, ulong image, int view)
    {
        FastRandom random = new(Mix(Mix((uint)options.Seed) ^ image) ^ (uint)view);

        // All is drawn always and in this order, so that turning one effect off leaves the others as they are.
        ulong cropBits = random.Next();
        bool isMirroredX = random.NextDouble() < EitherWay;
        bool isMirroredY = random.NextDouble() < EitherWay;
        return new()
        {
            Crop = options.MinCropScale < 1 ? new(options.MinCropScale, options.MaxAspectRatio, cropBits) : null,
            IsMirroredX = isMirroredX && options.HorizontalFlip,
            IsMirroredY = isMirroredY && options.VerticalFlip,
            RotationDegrees = Around(0, options.MaxRotationDegrees, random.NextDouble()),
            Colors = new()
            {
                Brightness = Around(1, options.Brightness, random.NextDouble()),
                Contrast = Around(1, options.Contrast, random.NextDouble()),
                Saturation = Around(1, options.Saturation, random.NextDouble()),
                HueShift = Around(0, options.Hue, random.NextDouble()),
            },
        };
    }

    private static ulong Mix(ulong bits) => new FastRandom(bits).Next();

    private static float Around(float center, float range, double share) => center + (range * (float)((2 * share) - 1));
}
