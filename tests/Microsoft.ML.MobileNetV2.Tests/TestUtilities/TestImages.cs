using System.Buffers.Binary;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Makes small images of known content.</summary>
internal static class TestImages
{
    private const int BestQuality = 100;

    /// <summary>Gives four plain quadrants: red, green / blue, white. Every turn and mirroring of it looks different.</summary>
    internal static SKColor Quadrants(int x, int y, int width, int height) => (x < width / 2, y < height / 2) switch
    {
        (true, true) => SKColors.Red,
        (false, true) => new SKColor(0, 255, 0),
        (true, false) => SKColors.Blue,
        _ => SKColors.White,
    };

    /// <summary>Gives a color that looks random but only depends on its place.</summary>
    internal static SKColor Noise(int x, int y)
    {
        uint hash = ((uint)x * 0x9E3779B1) ^ ((uint)y * 0x85EBCA77);
        hash = (hash ^ (hash >> 15)) * 0x2C1B3C6D;
        hash ^= hash >> 12;
        return new((byte)hash, (byte)(hash >> 8), (byte)(hash >> 16));
    }

    internal static byte[] Png(int width, int height, Func<int, int, SKColor> color) => Encode(width, height, color, SKEncodedImageFormat.Png);

    internal static byte[] Jpeg(int width, int height, Func<int, int, SKColor> color) => Encode(width, height, color, SKEncodedImageFormat.Jpeg);

    /// <summary>Puts an EXIF segment with nothing but the orientation behind the start marker of a JPEG.</summary>
    internal static byte[] WithOrientation(byte[] jpeg, byte orientation)
    {
        byte[] exif =
        [
            0xFF, 0xE1, 0, 34, (byte)'E', (byte)'x', (byte)'i', (byte)'f', 0, 0,
            (byte)'I', (byte)'I', 42, 0, 8, 0, 0, 0,
            1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0, 0, 0, 0, 0,
        ];
        return [.. jpeg[..2], .. exif, .. jpeg[2..]];
    }

    /// <summary>Writes another size into the header of a baseline JPEG.</summary>
    internal static byte[] WithClaimedSize(byte[] jpeg, ushort width, ushort height)
    {
        const int HeightOffset = 5;
        const int WidthOffset = 7;
        byte[] result = [.. jpeg];
        int frame = result.AsSpan().IndexOf<byte>([0xFF, 0xC0]);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(frame + HeightOffset), height);
        BinaryPrimitives.WriteUInt16BigEndian(result.AsSpan(frame + WidthOffset), width);
        return result;
    }

    private static byte[] Encode(int width, int height, Func<int, int, SKColor> color, SKEncodedImageFormat format)
    {
        using SKBitmap bitmap = new(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        bitmap.Pixels = [.. from y in Enumerable.Range(0, height) from x in Enumerable.Range(0, width) select color(x, y)];
        using SKData data = bitmap.Encode(format, BestQuality);
        return data.ToArray();
    }
}
