using System.Buffers.Binary;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Checks the end of a .zip before its directory is read: an entry takes 46 bytes there, and several hundred in memory.</summary>
internal static class ZipDirectory
{
    private const uint EndSignature = 0x06054b50;
    private const int EndLength = 22;
    private const int DiskOffset = 4;
    private const int SizeOffset = 12;
    private const int StartOffset = 16;
    private const int CommentOffset = 20;

    /// <summary>Room for several thousand transformers.</summary>
    private const int MaxLength = 1 << 20;

    /// <param name="stream">A .zip, from its first byte to its last; must be able to seek.</param>
    /// <exception cref="InvalidDataException">It is none, or not as ML.NET writes it.</exception>
    internal static void Require(Stream stream)
    {
        Span<byte> end = stackalloc byte[EndLength];
        long position = stream.Length - EndLength;
        if (position < 0)
        {
            throw new InvalidDataException("it is too short for a .zip file.");
        }

        stream.Position = position;
        stream.ReadExactly(end);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end) != EndSignature || end[CommentOffset..].ContainsAnyExcept((byte)0))
        {
            throw new InvalidDataException(ForeignModels.Describe(stream));
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(end[SizeOffset..]);
        uint start = BinaryPrimitives.ReadUInt32LittleEndian(end[StartOffset..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(end[DiskOffset..]) != 0 || length > MaxLength || (long)start + length != position)
        {
            throw new InvalidDataException($"its directory of {length} bytes at {start} is not one that ML.NET writes. Copy or download the file again.");
        }
    }
}
