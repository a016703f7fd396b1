using System.Security.Cryptography;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Models;

/// <summary>Provides saved models as streams that can seek.</summary>
internal static class ModelStream
{
    private const int BlockLength = 1 << 16;

    /// <summary>Opens a saved model.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">There is nothing to read.</exception>
    internal static FileStream Open(string path) => RegularFile.FindOtherKind(path) is not { } kind
        ? File.OpenRead(path)
        : throw new InvalidDataException($"'{path}' is {kind}; expected a .zip that mlContext.Model.Save wrote.");

    /// <summary>Returns the stream itself, or a copy in memory where it cannot seek or where what is hashed must be what is read.</summary>
    /// <param name="stream">The saved model. Not disposed.</param>
    /// <param name="maxSize">The largest size in bytes.</param>
    /// <param name="expectedSha256">The SHA-256 of the content as hexadecimal digits; null for any.</param>
    /// <exception cref="InvalidDataException">It is too large, or has another SHA-256.</exception>
    internal static Stream Open(Stream stream, long maxSize, string? expectedSha256)
    {
        if (stream.CanSeek && expectedSha256 is null)
        {
            return stream;
        }

        MemoryStream copy = Copy(stream, maxSize);
        if (expectedSha256 is not null)
        {
            RequireHash(copy, expectedSha256);
        }

        return copy;
    }

    /// <exception cref="ArgumentException">The text is no SHA-256.</exception>
    internal static void RequireSha256(string? text, string parameterName)
    {
        if (text is not null && (text.Length != 2 * SHA256.HashSizeInBytes || !text.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException($"'{text}' is no SHA-256; expected {2 * SHA256.HashSizeInBytes} hexadecimal digits.", parameterName);
        }
    }

    private static MemoryStream Copy(Stream stream, long maxSize)
    {
        MemoryStream copy = new();
        byte[] block = new byte[BlockLength];
        while (stream.Read(block) is > 0 and int count)
        {
            // One block more than allowed is kept; the reader of the copy then finds it too large.
            copy.Write(block, 0, count);
            if (copy.Length > maxSize)
            {
                break;
            }
        }

        copy.Position = 0;
        return copy;
    }

    private static void RequireHash(MemoryStream content, string expected)
    {
        string actual = Convert.ToHexStringLower(SHA256.HashData(content.GetBuffer().AsSpan(0, (int)content.Length)));
        if (!actual.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new InvalidDataException($"its SHA-256 is {actual}; expected {expected.ToLowerInvariant()}. It is not the file that was meant.");
        }
    }
}
