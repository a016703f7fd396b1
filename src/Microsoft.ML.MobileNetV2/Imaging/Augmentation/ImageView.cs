using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Holds what was drawn for one view of a picture, whose size need not be known. Without changes it is the plain picture.</summary>
internal sealed record ImageView
{
    private const double EitherWay = 0.5;

    /// <summary>Gets the part that is shown; null shows what the plain picture shows.</summary>
    internal RandomCrop? Crop { get; init; }

    internal bool IsMirroredX { get; init; }

    internal bool IsMirroredY { get; init; }

    /// <summary>Gets by how much the square is turned, counterclockwise.</summary>
    internal float RotationDegrees { get; init; }

    internal ColorChange Colors { get; init; } = ColorChange.None;

    /// <summary>Draws one view of one picture; the same on every platform.</summary>
    /// <param name="options">What to draw from.</param>
    /// <param name="picture">A number that tells the picture from others.</param>
    /// <param name="view">A number that tells the view from others of the same picture.</param>
    internal static ImageView Draw(ImageAugmentationOptions options, ulong picture, int view)
    {
        FastRandom random = new(Mix(Mix((uint)options.Seed) ^ picture) ^ (uint)view);

        // All is drawn always and in this order, so that turning one effect off leaves the others as they are.
        ulong cropBits = random.Next();
        bool isMirroredX = random.NextShare() < EitherWay;
        bool isMirroredY = random.NextShare() < EitherWay;
        return new()
        {
            Crop = options.MinCropArea < 1 ? new(options.MinCropArea, options.MaxAspectRatio, cropBits) : null,
            IsMirroredX = isMirroredX && options.FlipsHorizontally,
            IsMirroredY = isMirroredY && options.FlipsVertically,
            RotationDegrees = Around(0, options.MaxRotationDegrees, random.NextShare()),
            Colors = new()
            {
                Brightness = Around(1, options.Brightness, random.NextShare()),
                Contrast = Around(1, options.Contrast, random.NextShare()),
                Saturation = Around(1, options.Saturation, random.NextShare()),
                HueShift = Around(0, options.Hue, random.NextShare()),
            },
        };
    }

    private static ulong Mix(ulong bits) => new FastRandom(bits).Next();

    private static float Around(float center, float range, double share) => center + (range * (float)((2 * share) - 1));
}
