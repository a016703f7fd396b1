using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using System.Text;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Tests.TestUtilities;

/// <summary>Puts metadata into image files, wherever a format may keep it.</summary>
internal static class ContainerImages
{
    private const int PngHeaderLength = 33;
    private const int PngEndLength = 12;

    /// <summary>Returns EXIF data: a TIFF header with the orientation after some other entries.</summary>
    internal static byte[] Exif(int orientation, int type = 3, bool isLittle = true, int entriesBefore = 2)
    {
        List<byte> bytes = [.. isLittle ? "II"u8 : "MM"u8, .. Word(42), .. Long(8), .. Word(entriesBefore + 2)];
        for (int i = 0; i < entriesBefore; i++)
        {
            bytes.AddRange([.. Word(0xe0 + i), .. Word(4), .. Long(1), .. Long(77)]);
        }

        byte[] value = type switch { 1 or 6 => [(byte)orientation, 0, 0, 0], 3 or 8 => [.. Word(orientation), 0, 0], _ => Long(orientation) };
        bytes.AddRange([.. Word(0x112), .. Word(type), .. Long(1), .. value, .. Word(0x11a), .. Word(5), .. Long(1), .. Long(8), .. Long(0)]);
        return [.. bytes];

        byte[] Word(int number)
        {
            byte[] word = BitConverter.GetBytes((ushort)number);
            return isLittle ? word : [word[1], word[0]];
        }

        byte[] Long(int number)
        {
            byte[] four = BitConverter.GetBytes(number);
            return isLittle ? four : [four[3], four[2], four[1], four[0]];
        }
    }

    /// <summary>Returns EXIF data with the prefix that JPEG needs.</summary>
    internal static byte[] Prefixed(byte[] exif) => [.. "Exif\0\0"u8, .. exif];

    /// <summary>Returns a JPEG with an APP1 segment after its start.</summary>
    internal static byte[] Jpeg(byte[] jpeg, byte[] app1)
    {
        byte[] length = new byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)(app1.Length + 2));
        return [.. jpeg[..2], 0xff, 0xe1, .. length, .. app1, .. jpeg[2..]];
    }

    /// <summary>Returns a PNG with a chunk after its header, or before its end.</summary>
    internal static byte[] Png(byte[] png, string type, byte[] data, bool isAtEnd = false)
    {
        int place = isAtEnd ? png.Length - PngEndLength : PngHeaderLength;
        return [.. png[..place], .. Chunk(type, data), .. png[place..]];
    }

    /// <summary>Returns a raw profile as ImageMagick writes it.</summary>
    internal static byte[] RawProfile(byte[] exif)
    {
        string hex = Convert.ToHexStringLower(exif);
        string lines = string.Join('\n', hex.Chunk(72).Select(line => new string(line)));
        return Encoding.ASCII.GetBytes($"\nexif\n{exif.Length,8}\n{lines}\n");
    }

    internal static byte[] Text(string keyword, byte[] text) => [.. Encoding.ASCII.GetBytes(keyword), 0, .. text];

    internal static byte[] PackedText(string keyword, byte[] text) => [.. Encoding.ASCII.GetBytes(keyword), 0, 0, .. Deflate(text)];

    internal static byte[] InternationalText(string keyword, byte[] text, bool isPacked) =>
        [.. Encoding.ASCII.GetBytes(keyword), 0, (byte)(isPacked ? 1 : 0), 0, .. "en"u8, 0, 0, .. isPacked ? Deflate(text) : text];

    internal static byte[] Webp(int width, int height, Func<int, int, SKColor> color, byte[]? exif)
    {
        using SKBitmap bitmap = new(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                bitmap.SetPixel(x, y, color(x, y));
            }
        }

        using SKPixmap pixels = bitmap.PeekPixels();
        using SKData plain = pixels.Encode(new SKWebpEncoderOptions(SKWebpEncoderCompression.Lossless, 50));
        byte[] body =
        [
            .. "WEBPVP8X"u8, .. BitConverter.GetBytes(10), (byte)(exif is null ? 0 : 8), 0, 0, 0,
            .. BitConverter.GetBytes(width - 1)[..3], .. BitConverter.GetBytes(height - 1)[..3],
            .. plain.ToArray()[12..],
            .. exif is null ? [] : (byte[])[.. "EXIF"u8, .. BitConverter.GetBytes(exif.Length), .. exif, .. new byte[exif.Length % 2]],
        ];
        return [.. "RIFF"u8, .. BitConverter.GetBytes(body.Length), .. body];
    }

    private static byte[] Chunk(string type, byte[] data)
    {
        byte[] chunk = [0, 0, 0, 0, .. Encoding.ASCII.GetBytes(type), .. data, 0, 0, 0, 0];
        BinaryPrimitives.WriteInt32BigEndian(chunk, data.Length);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(chunk.Length - 4), Crc32.HashToUInt32(chunk.AsSpan(4, data.Length + 4)));
        return chunk;
    }

    private static byte[] Deflate(byte[] text)
    {
        using MemoryStream packed = new();
        using (ZLibStream stream = new(packed, CompressionLevel.Optimal))
        {
            stream.Write(text);
        }

        return packed.ToArray();
    }
}
