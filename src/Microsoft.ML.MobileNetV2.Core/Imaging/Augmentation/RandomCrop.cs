using System.Drawing;
using Microsoft.ML.MobileNetV2.Numerics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Fills the square with a part of an image, chosen as torchvision's RandomResizedCrop does.</summary>
/// <param name="MinArea">Smallest fraction of the image's area, above 0, at most 1.</param>
/// <param name="MaxAspectRatio">Largest ratio of width to height, at least 1; the smallest is 1 / this.</param>
/// <param name="Bits">Random bits that decide.</param>
/// <remarks>The part is cut out of the resized image, so that the filter sees the pixels around it.</remarks>
internal sealed record RandomCrop(float MinArea, float MaxAspectRatio, ulong Bits) : ISquarePlacement
{
    private const int MaxAttempts = 10;

    public (AxisPlacement X, AxisPlacement Y) Place(int width, int height, ImagePreprocessing preprocessing)
    {
        Rectangle part = Choose(width, height);
        int size = preprocessing.InputSize;
        return (Place(width, part.X, part.Width, size), Place(height, part.Y, part.Height, size));
    }

    /// <summary>Returns the part of an upright image: the first drawn one that fits, otherwise as much as possible of the center.</summary>
    internal Rectangle Choose(int width, int height)
    {
        FastRandom random = new(Bits);
        double maxLogRatio = Math.Log(MaxAspectRatio);
        for (int attempt = 0; attempt < MaxAttempts; attempt++)
        {
            double area = (double)width * height * (MinArea + ((1 - MinArea) * random.NextDouble()));
            double ratio = Math.Exp(maxLogRatio * ((2 * random.NextDouble()) - 1));
            double left = random.NextDouble();
            double top = random.NextDouble();
            int partWidth = (int)Math.Round(Math.Sqrt(area * ratio));
            int partHeight = (int)Math.Round(Math.Sqrt(area / ratio));
            if (partWidth > 0 && partWidth <= width && partHeight > 0 && partHeight <= height)
            {
                return new((int)(left * (width - partWidth + 1)), (int)(top * (height - partHeight + 1)), partWidth, partHeight);
            }
        }

        return Center(width, height);
    }

    private Rectangle Center(int width, int height)
    {
        int partWidth = Math.Min(width, (int)Math.Round(height * (double)MaxAspectRatio));
        int partHeight = Math.Min(height, (int)Math.Round(width * (double)MaxAspectRatio));
        return new((width - partWidth) / 2, (height - partHeight) / 2, partWidth, partHeight);
    }

    private static AxisPlacement Place(int length, int first, int count, int size)
    {
        double scale = (double)size / count;
        return new(length * scale, first * scale, size, 0);
    }
}
