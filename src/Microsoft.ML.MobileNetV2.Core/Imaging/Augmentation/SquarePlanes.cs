namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Mirrors the planes of a square in place.</summary>
internal static class SquarePlanes
{
    /// <param name="planes">Shape (3, S, S).</param>
    /// <param name="size">S.</param>
    /// <param name="alongX">Left becomes right.</param>
    /// <param name="alongY">Top becomes bottom.</param>
    internal static void Mirror(Span<float> planes, int size, bool alongX, bool alongY)
    {
        // Mirrored along both axes, a plane is its pixels in reverse order.
        int length = alongY ? size * size : size;
        for (int start = 0; start < planes.Length && (alongX || alongY); start += length)
        {
            planes.Slice(start, length).Reverse();
        }

        if (alongY && !alongX)
        {
            Mirror(planes, size, alongX: true, alongY: false);
        }
    }
}
