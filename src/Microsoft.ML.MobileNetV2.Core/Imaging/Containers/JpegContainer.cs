using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the segments of a JPEG file before its image data.</summary>
internal static class JpegContainer
{
    private const int StartLength = 2;
    private const byte MarkerPrefix = 0xff;
    private const byte Temporary = 0x01;
    private const byte FirstWithoutLength = 0xd0;
    private const byte EndOfImage = 0xd9;
    private const byte StartOfScan = 0xda;
    private const byte App1 = 0xe1;

    /// <summary>Returns the orientation that the file's EXIF data say; null where they say none.</summary>
    internal static int? Orientation(ReadOnlySpan<byte> file)
    {
        int position = StartLength;
        while (position + 1 < file.Length && file[position] == MarkerPrefix)
        {
            byte marker = file[position + 1];
            if (marker == MarkerPrefix)
            {
                position++;
                continue;
            }

            position += 2;
            if (marker is Temporary or (>= FirstWithoutLength and < EndOfImage))
            {
                continue;
            }

            ReadOnlySpan<byte> segment = Segment(file[position..]);
            if (marker is EndOfImage or StartOfScan || segment.IsEmpty)
            {
                return null;
            }

            if (marker == App1 && segment[sizeof(ushort)..].StartsWith("Exif\0"u8) && ExifOrientation.Read(segment[sizeof(ushort)..]) is { } orientation)
            {
                return orientation;
            }

            position += segment.Length;
        }

        return null;
    }

    /// <summary>Returns a segment with its length, which counts itself; empty where it is not whole.</summary>
    private static ReadOnlySpan<byte> Segment(ReadOnlySpan<byte> rest) =>
        rest.Length >= sizeof(ushort) && BinaryPrimitives.ReadUInt16BigEndian(rest) is >= sizeof(ushort) and var length && length <= rest.Length
            ? rest[..length]
            : [];
}
