using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Provides vector kernels on rows of pixels with four channels side by side.</summary>
internal static class PixelRow
{
    /// <summary>Converts bytes to levels.</summary>
    internal static void Widen(ReadOnlySpan<byte> bytes, Span<float> levels)
    {
        int i = 0;
        ref byte source = ref MemoryMarshal.GetReference(bytes);
        ref float target = ref MemoryMarshal.GetReference(levels);
        for (; i <= bytes.Length - Vector<byte>.Count; i += Vector<byte>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref source, (nuint)i), out Vector<ushort> low, out Vector<ushort> high);
            Store(low, ref target, i);
            Store(high, ref target, i + Vector<ushort>.Count);
        }

        for (; i < bytes.Length; i++)
        {
            levels[i] = bytes[i];
        }
    }

    /// <summary>Lays premultiplied colors over an opaque one.</summary>
    internal static void Cover(RgbValues background, Span<float> levels)
    {
        const int AlphaIndex = 3;
        Vector128<float> below = Vector128.Create(background.Red, background.Green, background.Blue, 0);
        for (int i = 0; i < levels.Length; i += PixelRows.BytesPerPixel)
        {
            float uncovered = 1 - (levels[i + AlphaIndex] * (1 / PixelNormalization.MaxLevel));
            Vector128<float> pixel = Vector128.Create<float>(levels[i..]);
            (pixel + (below * uncovered)).CopyTo(levels[i..]);
        }
    }

    /// <summary>Converts three planes of levels to pixels with four channels side by side, the last one 0.</summary>
    /// <param name="planes">At least four levels for each color.</param>
    /// <param name="pixels">As many pixels.</param>
    internal static void Interleave(ReadOnlySpan<float> planes, Span<float> pixels)
    {
        int length = planes.Length / PixelNormalization.ChannelCount;
        ref float source = ref MemoryMarshal.GetReference(planes);
        ref float target = ref MemoryMarshal.GetReference(pixels);
        for (int i = 0; i < length; i += Vector128<float>.Count)
        {
            // The last group moves left to end with the plane; what it makes a second time is the same.
            nuint first = (nuint)Math.Min(i, length - Vector128<float>.Count);
            Vector128<float> red = Vector128.LoadUnsafe(ref source, first);
            Vector128<float> green = Vector128.LoadUnsafe(ref source, first + (nuint)length);
            Vector128<float> blue = Vector128.LoadUnsafe(ref source, first + (2 * (nuint)length));
            Store(InterleaveLow(red, blue), InterleaveLow(green, Vector128<float>.Zero), ref target, first * PixelRows.BytesPerPixel);
            Store(InterleaveHigh(red, blue), InterleaveHigh(green, Vector128<float>.Zero), ref target, (first + 2) * PixelRows.BytesPerPixel);
        }
    }

    /// <summary>Converts four pixels to a vector for each of the first three channels.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static (Vector128<float> First, Vector128<float> Second, Vector128<float> Third) Transpose(
        Vector128<float> a, Vector128<float> b, Vector128<float> c, Vector128<float> d)
    {
        Vector128<float> firstSecondOfAC = InterleaveLow(a, c);
        Vector128<float> firstSecondOfBD = InterleaveLow(b, d);
        return (
            InterleaveLow(firstSecondOfAC, firstSecondOfBD),
            InterleaveHigh(firstSecondOfAC, firstSecondOfBD),
            InterleaveLow(InterleaveHigh(a, c), InterleaveHigh(b, d)));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackLow(a, b)
        : Vector128.Shuffle(Vector128.Create(a.GetLower(), b.GetLower()), Vector128.Create(0, 2, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> a, Vector128<float> b) => Sse.IsSupported
        ? Sse.UnpackHigh(a, b)
        : Vector128.Shuffle(Vector128.Create(a.GetUpper(), b.GetUpper()), Vector128.Create(0, 2, 1, 3));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector128<float> firstAndThird, Vector128<float> second, ref float target, nuint index)
    {
        InterleaveLow(firstAndThird, second).StoreUnsafe(ref target, index);
        InterleaveHigh(firstAndThird, second).StoreUnsafe(ref target, index + PixelRows.BytesPerPixel);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector<ushort> values, ref float target, int index)
    {
        Vector.Widen(values, out Vector<uint> low, out Vector<uint> high);
        Vector.ConvertToSingle(Vector.AsVectorInt32(low)).StoreUnsafe(ref target, (nuint)index);
        Vector.ConvertToSingle(Vector.AsVectorInt32(high)).StoreUnsafe(ref target, (nuint)(index + Vector<uint>.Count));
    }
}
