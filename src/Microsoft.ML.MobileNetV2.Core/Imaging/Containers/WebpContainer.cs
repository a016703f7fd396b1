using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the chunks of a WebP file.</summary>
internal static class WebpContainer
{
    private const int HeaderLength = 12;
    private const int ChunkHeaderLength = 8;

    /// <summary>Returns the orientation that the file's EXIF data say; null where they say none.</summary>
    internal static int? Orientation(ReadOnlySpan<byte> file)
    {
        ReadOnlySpan<byte> rest = file[Math.Min(HeaderLength, file.Length)..];
        while (rest.Length >= ChunkHeaderLength)
        {
            uint length = BinaryPrimitives.ReadUInt32LittleEndian(rest[4..]);
            if (length > rest.Length - ChunkHeaderLength)
            {
                return null;
            }

            if (rest.StartsWith("EXIF"u8))
            {
                return ExifOrientation.Read(rest.Slice(ChunkHeaderLength, (int)length));
            }

            // Chunks begin at even positions.
            rest = rest[Math.Min(rest.Length, ChunkHeaderLength + (int)length + ((int)length & 1))..];
        }

        return null;
    }
}
