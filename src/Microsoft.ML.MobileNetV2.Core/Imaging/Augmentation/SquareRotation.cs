using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Rotates the planes of a square about its center, bilinearly; the edges are reflect-padded.</summary>
internal readonly struct SquareRotation
{
    private const int GroupSize = 4;
    private readonly int _size;
    private readonly float _sine;
    private readonly float _cosine;

    /// <param name="size">The side of the square, at least 4.</param>
    /// <param name="degrees">The angle, counterclockwise.</param>
    internal SquareRotation(int size, float degrees)
    {
        _size = size;
        (double sine, double cosine) = double.SinCos(double.DegreesToRadians(degrees));
        (_sine, _cosine) = ((float)sine, (float)cosine);
    }

    /// <summary>Rotates planes in place.</summary>
    /// <param name="planes">Shape (3, S, S).</param>
    internal void Apply(Span<float> planes)
    {
        int planeLength = _size * _size;
        float[] pixels = ArrayPool<float>.Shared.Rent(planeLength * PixelRows.BytesPerPixel);
        PixelRow.Interleave(planes, pixels.AsSpan(0, planeLength * PixelRows.BytesPerPixel));
        ref float source = ref MemoryMarshal.GetArrayDataReference(pixels);
        for (int y = 0; y < _size; y++)
        {
            for (int x = 0; x < _size; x += GroupSize)
            {
                // The last group moves left to end with the row; what it makes a second time is the same.
                int first = Math.Min(x, _size - GroupSize);
                Store(Sample(ref source, first, y), planes[((y * _size) + first)..], planeLength);
            }
        }

        ArrayPool<float>.Shared.Return(pixels);
    }

    /// <summary>Returns four pixels of a row, a vector for each color.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private (Vector128<float> Red, Vector128<float> Green, Vector128<float> Blue) Sample(ref float source, int first, int y)
    {
        float center = (_size - 1) * 0.5f;
        Vector128<float> right = Vector128.Create(first - center) + Vector128.Create(0f, 1, 2, 3);
        float down = y - center;
        Vector128<float> sourceX = Reflect((right * _cosine) + Vector128.Create(center - (down * _sine)));
        Vector128<float> sourceY = Reflect((right * _sine) + Vector128.Create(center + (down * _cosine)));
        Vector128<int> left = Start(sourceX);
        Vector128<int> top = Start(sourceY);
        Vector128<float> shareX = sourceX - Vector128.ConvertToSingle(left);
        Vector128<float> shareY = sourceY - Vector128.ConvertToSingle(top);
        Vector128<int> offsets = ((top * _size) + left) * PixelRows.BytesPerPixel;
        return PixelRow.Transpose(
            Pixel(ref source, offsets[0], shareX[0], shareY[0]),
            Pixel(ref source, offsets[1], shareX[1], shareY[1]),
            Pixel(ref source, offsets[2], shareX[2], shareY[2]),
            Pixel(ref source, offsets[3], shareX[3], shareY[3]));
    }

    /// <summary>
    /// Mirrors places beyond the edges, which lie half a pixel outside of the first and last pixel's center. Once is enough: a rotated corner
    /// lies a fifth of the side outside.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Reflect(Vector128<float> places)
    {
        Vector128<float> half = Vector128.Create(0.5f);
        Vector128<float> inside = Vector128.Abs(places + half) - half;
        inside = Vector128.MinNative(inside, Vector128.Create((2f * _size) - 1) - inside);
        return Vector128.MinNative(Vector128.MaxNative(inside, Vector128<float>.Zero), Vector128.Create(_size - 1f));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<int> Start(Vector128<float> places) =>
        Vector128.Min(Vector128.ConvertToInt32Native(places), Vector128.Create(_size - 2));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> Pixel(ref float source, int offset, float shareX, float shareY)
    {
        ref float top = ref Unsafe.Add(ref source, offset);
        ref float bottom = ref Unsafe.Add(ref top, _size * PixelRows.BytesPerPixel);
        Vector128<float> above = Between(ref top, shareX);
        return Vector128.MultiplyAddEstimate(Between(ref bottom, shareX) - above, Vector128.Create(shareY), above);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Between(ref float pixels, float share)
    {
        Vector128<float> left = Vector128.LoadUnsafe(ref pixels);
        return Vector128.MultiplyAddEstimate(Vector128.LoadUnsafe(ref pixels, PixelRows.BytesPerPixel) - left, Vector128.Create(share), left);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store((Vector128<float> Red, Vector128<float> Green, Vector128<float> Blue) pixels, Span<float> target, int planeLength)
    {
        pixels.Red.CopyTo(target);
        pixels.Green.CopyTo(target[planeLength..]);
        pixels.Blue.CopyTo(target[(2 * planeLength)..]);
    }
}
