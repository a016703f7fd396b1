namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Computes the weight of a source pixel from its distance from the output pixel, both in units of the wider of the two grids.</summary>
internal static class ResizeFilter
{
    private const double CubicSharpness = -0.5;

    /// <summary>Returns how far the filter reaches to each side.</summary>
    internal static double Radius(ImageInterpolation interpolation) => interpolation == ImageInterpolation.Bicubic ? 2 : 1;

    internal static double Weight(ImageInterpolation interpolation, double distance)
    {
        double x = Math.Abs(distance);
        return interpolation == ImageInterpolation.Bicubic ? Cubic(x) : Math.Max(0, 1 - x);
    }

    /// <summary>Keys' cubic convolution kernel with a = −0.5.</summary>
    private static double Cubic(double x) => x switch
    {
        < 1 => (((CubicSharpness + 2) * x - (CubicSharpness + 3)) * x * x) + 1,
        < 2 => CubicSharpness * ((((x - 5) * x + 8) * x) - 4),
        _ => 0,
    };
}
