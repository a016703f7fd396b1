using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes images that are stored turned or mirrored, with the EXIF tag that says so.</summary>
internal static class ExifImages
{
    private const byte FirstTransposed = 5;

    /// <summary>Returns a JPEG that shows, upright, a color for each place.</summary>
    internal static byte[] Jpeg(byte orientation, int width, int height, Func<(int X, int Y), SKColor> upright)
    {
        (int storedWidth, int storedHeight) = orientation >= FirstTransposed ? (height, width) : (width, height);
        return TestImages.WithOrientation(
            TestImages.Jpeg(storedWidth, storedHeight, (x, y) => upright(Place(orientation, width, height, x, y))), orientation);
    }

    /// <summary>Returns where a stored pixel belongs in the upright image, from the EXIF standard's table.</summary>
    private static (int X, int Y) Place(byte orientation, int width, int height, int x, int y) => orientation switch
    {
        2 => (width - 1 - x, y),
        3 => (width - 1 - x, height - 1 - y),
        4 => (x, height - 1 - y),
        5 => (y, x),
        6 => (width - 1 - y, x),
        7 => (width - 1 - y, height - 1 - x),
        8 => (y, height - 1 - x),
        _ => (x, y),
    };
}
