using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Resizes in the plainest way: for each output pixel the filter is evaluated at every source pixel, first along x, then along y.</summary>
internal static class SlowResize
{
    /// <summary>Returns levels [channel][y, x].</summary>
    internal static double[][,] Resize(
        int width, int height, Func<int, int, SKColor> color, int newWidth, int newHeight, ImageInterpolation interpolation)
    {
        Func<SKColor, byte>[] channels = [pixel => pixel.Red, pixel => pixel.Green, pixel => pixel.Blue];
        return [.. channels.Select(channel =>
        {
            double[,] plane = new double[height, width];
            for (int y = 0; y < height; y++)
            {
                for (int x = 0; x < width; x++)
                {
                    plane[y, x] = channel(color(x, y));
                }
            }

            return Transpose(ResizeRows(Transpose(ResizeRows(plane, newWidth, interpolation)), newHeight, interpolation));
        })];
    }

    private static double[,] ResizeRows(double[,] plane, int newWidth, ImageInterpolation interpolation)
    {
        int height = plane.GetLength(0);
        int width = plane.GetLength(1);
        double widening = Math.Max(1.0, (double)width / newWidth);
        double[,] result = new double[height, newWidth];
        for (int x = 0; x < newWidth; x++)
        {
            double center = ((x + 0.5) * width / newWidth) - 0.5;
            double[] weights = [.. Enumerable.Range(0, width).Select(source => Filter((source - center) / widening, interpolation))];
            double sum = weights.Sum();
            for (int y = 0; y < height; y++)
            {
                double level = weights.Select((weight, source) => weight / sum * plane[y, source]).Sum();
                result[y, x] = Math.Clamp(level, 0, 255);
            }
        }

        return result;
    }

    private static double Filter(double distance, ImageInterpolation interpolation)
    {
        double t = Math.Abs(distance);
        if (interpolation == ImageInterpolation.Bilinear)
        {
            return t < 1 ? 1 - t : 0;
        }

        const double A = -0.5;
        return t < 1
            ? ((A + 2) * Math.Pow(t, 3)) - ((A + 3) * Math.Pow(t, 2)) + 1
            : t < 2 ? (A * Math.Pow(t, 3)) - (5 * A * Math.Pow(t, 2)) + (8 * A * t) - (4 * A) : 0;
    }

    private static double[,] Transpose(double[,] plane)
    {
        double[,] result = new double[plane.GetLength(1), plane.GetLength(0)];
        for (int y = 0; y < plane.GetLength(0); y++)
        {
            for (int x = 0; x < plane.GetLength(1); x++)
            {
                result[x, y] = plane[y, x];
            }
        }

        return result;
    }
}
