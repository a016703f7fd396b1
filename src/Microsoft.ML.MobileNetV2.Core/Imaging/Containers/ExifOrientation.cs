using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Reads the orientation out of EXIF data: a TIFF header with a list of entries, in either byte order.</summary>
internal static class ExifOrientation
{
    /// <summary>The orientation of an image that is stored upright; also that of images that do not say how they are stored.</summary>
    internal const int Upright = 1;

    private const int Last = 8;
    private const ushort Tag = 0x0112;
    private const ushort Magic = 42;
    private const int HeaderLength = 8;
    private const int EntryLength = 12;

    private static ReadOnlySpan<byte> Prefix => "Exif\0\0"u8;

    /// <summary>Returns the orientation in EXIF data with or without the prefix that JPEG has; null where there is none.</summary>
    internal static int? Read(ReadOnlySpan<byte> exif)
    {
        ReadOnlySpan<byte> tiff = exif.StartsWith(Prefix) ? exif[Prefix.Length..] : exif;
        bool isLittle = tiff.StartsWith("II"u8);
        if (tiff.Length < HeaderLength || !(isLittle || tiff.StartsWith("MM"u8)) || Word(tiff[2..], isLittle) != Magic)
        {
            return null;
        }

        uint start = Long(tiff[4..], isLittle);
        return start <= tiff.Length - sizeof(ushort) ? Find(tiff[(int)start..], isLittle) : null;
    }

    /// <summary>Returns whether a number is one of the orientations.</summary>
    internal static bool IsValid(int orientation) => orientation is >= Upright and <= Last;

    /// <summary>Finds the orientation in a list: the number of its entries, and the entries.</summary>
    private static int? Find(ReadOnlySpan<byte> list, bool isLittle)
    {
        int count = Word(list, isLittle);
        ReadOnlySpan<byte> entries = list[sizeof(ushort)..];
        for (int i = 0; i < count && entries.Length >= EntryLength; i++)
        {
            if (Word(entries, isLittle) == Tag)
            {
                return Value(entries, isLittle) is >= Upright and <= Last and var value ? (int)value : null;
            }

            entries = entries[EntryLength..];
        }

        return null;
    }

    // Cameras write SHORT; others write any whole number, signed or not.
    private static uint Value(ReadOnlySpan<byte> entry, bool isLittle) => (Word(entry[2..], isLittle), Long(entry[4..], isLittle)) switch
    {
        (1 or 6, 1) => entry[8],
        (3 or 8, 1) => Word(entry[8..], isLittle),
        (4 or 9, 1) => Long(entry[8..], isLittle),
        _ => 0,
    };

    private static ushort Word(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Long(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
