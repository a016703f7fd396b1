using System.Buffers;
using System.IO.Compression;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the orientation out of text chunks of a PNG file: tEXt, zTXt and iTXt.</summary>
internal static class PngText
{
    /// <summary>EXIF data and XMP data have the orientation near their start; a longer text is read so far, and unpacked so far.</summary>
    private const int MaxLength = 1 << 18;

    private static ReadOnlySpan<byte> XmpKeyword => "XML:com.adobe.xmp\0"u8;

    private static ReadOnlySpan<byte> HexDigits => "0123456789abcdef"u8;

    private static ReadOnlySpan<byte> ExifKeyword => "Raw profile type exif\0"u8;

    private static ReadOnlySpan<byte> App1Keyword => "Raw profile type APP1\0"u8;

    /// <summary>Returns the orientation in a raw profile as ImageMagick writes it: EXIF data as hexadecimal digits.</summary>
    internal static int? ProfileOrientation(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data) =>
        data.StartsWith(ExifKeyword) || data.StartsWith(App1Keyword) ? ExifOrientation.Read(Unhex(Text(type, data, ExifKeyword.Length))) : null;

    /// <summary>Returns the orientation in XMP data.</summary>
    internal static int? XmpOrientation(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        if (!data.StartsWith(XmpKeyword))
        {
            return null;
        }

        ReadOnlySpan<byte> text = Text(type, data, XmpKeyword.Length);
        ReadOnlySpan<byte> name = "tiff:Orientation"u8;
        int start = text.IndexOf(name);

        // As an attribute, tiff:Orientation="6", or as an element, <tiff:Orientation>6</tiff:Orientation>.
        ReadOnlySpan<byte> value = start < 0 ? [] : text[(start + name.Length)..].TrimStart(" \t\r\n=\"'>"u8);
        return value.Length > 1 && !char.IsAsciiDigit((char)value[1]) && ExifOrientation.IsValid(value[0] - '0') ? value[0] - '0' : null;
    }

    /// <summary>Returns the text of a chunk after its keyword, unpacked.</summary>
    private static ReadOnlySpan<byte> Text(ReadOnlySpan<byte> type, ReadOnlySpan<byte> data, int keywordLength)
    {
        ReadOnlySpan<byte> rest = data[keywordLength..];
        switch (type[0])
        {
            case (byte)'z':
                return rest.Length > 1 ? Inflate(rest[1..]) : [];
            case (byte)'i' when rest.Length > 2:
                bool isPacked = rest[0] != 0;

                // After the two bytes about packing: a language and a translated keyword, each with a zero at its end.
                rest = After(After(rest[2..]));
                return isPacked ? Inflate(rest) : rest[..Math.Min(MaxLength, rest.Length)];
            default:
                return rest[..Math.Min(MaxLength, rest.Length)];
        }
    }

    private static ReadOnlySpan<byte> After(ReadOnlySpan<byte> text) => text.IndexOf((byte)0) is >= 0 and var end ? text[(end + 1)..] : [];

    private static byte[] Inflate(ReadOnlySpan<byte> packed)
    {
        using ZLibStream stream = new(new MemoryStream(packed.ToArray()), CompressionMode.Decompress);
        byte[] text = ArrayPool<byte>.Shared.Rent(MaxLength);
        try
        {
            return text[..stream.ReadAtLeast(text.AsSpan(0, MaxLength), MaxLength, throwOnEndOfStream: false)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // A damaged text is no reason to refuse an image; what it says about the orientation is unknown.
            return [];
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(text);
        }
    }

    /// <summary>Returns the bytes of a raw profile: a line with its name, a line with its length, and lines of hexadecimal digits.</summary>
    private static byte[] Unhex(ReadOnlySpan<byte> text)
    {
        ReadOnlySpan<byte> body = text.TrimStart((byte)'\n');
        for (int line = 0; line < 2; line++)
        {
            body = body.IndexOf((byte)'\n') is >= 0 and var end ? body[(end + 1)..] : [];
        }

        List<byte> bytes = new(body.Length / 2);
        int high = -1;
        foreach (byte character in body)
        {
            int digit = HexDigits.IndexOf((byte)(character | 0x20));
            if (digit >= 0 && high >= 0)
            {
                bytes.Add((byte)((high << 4) | digit));
                high = -1;
            }
            else if (digit >= 0)
            {
                high = digit;
            }
        }

        return [.. bytes];
    }
}
