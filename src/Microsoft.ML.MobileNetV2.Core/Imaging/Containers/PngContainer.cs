using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the chunks of a PNG file.</summary>
internal static class PngContainer
{
    private const int SignatureLength = 8;
    private const int ChunkOverhead = 12;

    /// <summary>Returns the orientation that the file says: in its EXIF chunk, in ImageMagick's raw profile, or in its XMP data; null where it says none.</summary>
    internal static int? Orientation(ReadOnlySpan<byte> file)
    {
        int? ofProfile = null;
        int? ofXmp = null;
        ReadOnlySpan<byte> rest = file[Math.Min(SignatureLength, file.Length)..];
        while (rest.Length >= ChunkOverhead)
        {
            uint length = BinaryPrimitives.ReadUInt32BigEndian(rest);
            if (length > rest.Length - ChunkOverhead)
            {
                break;
            }

            ReadOnlySpan<byte> type = rest.Slice(4, 4);
            ReadOnlySpan<byte> data = rest.Slice(8, (int)length);
            if (type.SequenceEqual("eXIf"u8) && ExifOrientation.Read(data) is { } orientation)
            {
                return orientation;
            }

            if (type[1..].SequenceEqual("EXt"u8) || type[1..].SequenceEqual("TXt"u8))
            {
                ofProfile ??= PngText.ProfileOrientation(type, data);
                ofXmp ??= PngText.XmpOrientation(type, data);
            }

            rest = rest[((int)length + ChunkOverhead)..];
        }

        return ofProfile ?? ofXmp;
    }
}
