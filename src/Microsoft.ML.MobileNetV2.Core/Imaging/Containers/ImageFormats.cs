using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Distinguishes the formats that are read from those that are not, by the start of a file.</summary>
internal static class ImageFormats
{
    internal const string Readable = "JPEG, PNG, WebP, BMP, GIF";

    private static readonly string[] ReadableExtensions = [".jpg", ".jpeg", ".jpe", ".jfif", ".png", ".webp", ".bmp", ".gif"];

    private static readonly string[] OtherExtensions =
        [".heic", ".heif", ".avif", ".tif", ".tiff", ".jxl", ".jp2", ".ico", ".psd", ".svg", ".dng", ".cr2", ".cr3", ".nef", ".arw"];

    private const int BoxTypeOffset = 4;
    private const int BrandOffset = 8;
    private const int CodeLength = 4;

    /// <summary>Returns whether a format is one of those that the documentation names; the codec library reads more.</summary>
    internal static bool IsReadable(SKEncodedImageFormat format) => format
        is SKEncodedImageFormat.Jpeg or SKEncodedImageFormat.Png or SKEncodedImageFormat.Webp or SKEncodedImageFormat.Bmp or SKEncodedImageFormat.Gif;

    /// <summary>Returns whether a file's name is that of an image in a format that is read.</summary>
    internal static bool HasReadableExtension(string path) => ReadableExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns whether a file's name is that of an image in a format that is not read.</summary>
    internal static bool HasOtherExtension(string path) => OtherExtensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    /// <summary>Returns the EXIF orientation of an image in a format that is read: 1 to 8, 1 being upright.</summary>
    internal static int Orientation(SKEncodedImageFormat format, ReadOnlySpan<byte> file) => format switch
    {
        SKEncodedImageFormat.Jpeg => JpegContainer.Orientation(file),
        SKEncodedImageFormat.Png => PngContainer.Orientation(file),
        SKEncodedImageFormat.Webp => WebpContainer.Orientation(file),
        _ => null,
    } ?? ExifOrientation.Upright;

    /// <summary>Returns what to say about a file that is not read.</summary>
    internal static string Refusal(ReadOnlySpan<byte> file) => NameOfOther(file) is { } name
        ? $"the content is {name}, which is not read ({Readable} are). Convert it to JPEG or PNG."
        : $"the content is not an image in a format that can be read ({Readable}).";

    private static string? NameOfOther(ReadOnlySpan<byte> file) => file switch
    {
        [0xff, 0x0a, ..] => "a JPEG XL image",
        [0xff, 0x4f, 0xff, 0x51, ..] => "a JPEG 2000 image",
        [(byte)'I', (byte)'I', 42 or 43, 0, ..] or [(byte)'M', (byte)'M', 0, 42 or 43, ..] => "a TIFF image",
        [0, 0, 1, 0, _, ..] => "an icon (ICO)",
        [(byte)'%', (byte)'P', (byte)'D', (byte)'F', ..] => "a PDF document",
        [(byte)'8', (byte)'B', (byte)'P', (byte)'S', ..] => "a Photoshop document",
        { Length: >= BrandOffset + CodeLength } => NameOfBox(file),
        _ => null,
    };

    /// <summary>Returns the name of a format whose files consist of boxes, each with a length and a type.</summary>
    private static string? NameOfBox(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> type = file.Slice(BoxTypeOffset, CodeLength);
        if (type.SequenceEqual("JXL "u8))
        {
            return "a JPEG XL image";
        }

        if (type.SequenceEqual("jP  "u8))
        {
            return "a JPEG 2000 image";
        }

        if (!type.SequenceEqual("ftyp"u8))
        {
            return null;
        }

        ReadOnlySpan<byte> brand = file.Slice(BrandOffset, CodeLength);
        return brand.StartsWith("avi"u8) ? "an AVIF image" : IsHeic(brand) ? "a HEIC image" : "a video or an image of a related format";
    }

    private static bool IsHeic(ReadOnlySpan<byte> brand) =>
        brand.StartsWith("hei"u8) || brand.StartsWith("hev"u8) || brand.SequenceEqual("mif1"u8) || brand.SequenceEqual("msf1"u8);
}
