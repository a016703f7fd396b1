using System.Buffers;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the content of an image file in a pooled buffer.</summary>
internal readonly struct EncodedImage : IDisposable
{
    // Nothing that a camera or a scanner writes comes near; reading on would only fill the memory.
    private const int MaxLength = 1 << 30;
    private const int UnknownLengthGuess = 1 << 18;

    private readonly byte[] _rented;
    private readonly int _length;

    private EncodedImage(byte[] rented, int length)
    {
        _rented = rented;
        _length = length;
    }

    internal ReadOnlySpan<byte> Bytes => _rented.AsSpan(0, _length);

    /// <summary>Reads a stream from its position to its end. The stream is not disposed.</summary>
    internal static EncodedImage Read(Stream stream, string source)
    {
        byte[] buffer = Rent(stream, source);
        try
        {
            int length = stream.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
            while (length == buffer.Length)
            {
                RequireLength(length, source);
                buffer = Grow(buffer);
                length += stream.ReadAtLeast(buffer.AsSpan(length), buffer.Length - length, throwOnEndOfStream: false);
            }

            return new(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    /// <summary>Reads a stream from its position to its end without blocking a thread. The stream is not disposed.</summary>
    internal static async ValueTask<EncodedImage> ReadAsync(Stream stream, string source, CancellationToken cancellationToken)
    {
        byte[] buffer = Rent(stream, source);
        try
        {
            int length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            while (length == buffer.Length)
            {
                RequireLength(length, source);
                buffer = Grow(buffer);
                length += await stream.ReadAtLeastAsync(
                    buffer.AsMemory(length), buffer.Length - length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            }

            return new(buffer, length);
        }
        catch
        {
            ArrayPool<byte>.Shared.Return(buffer);
            throw;
        }
    }

    public void Dispose() => ArrayPool<byte>.Shared.Return(_rented);

    private static byte[] Rent(Stream stream, string source)
    {
        long expected = stream.CanSeek ? Math.Max(0, stream.Length - stream.Position) : UnknownLengthGuess;
        RequireLength(expected, source);

        // One byte more than expected, so that the end shows without growing the buffer.
        return ArrayPool<byte>.Shared.Rent((int)expected + 1);
    }

    private static byte[] Grow(byte[] buffer)
    {
        byte[] larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(2L * buffer.Length, MaxLength + 1L));
        buffer.CopyTo(larger, 0);
        ArrayPool<byte>.Shared.Return(buffer);
        return larger;
    }

    private static void RequireLength(long length, string source)
    {
        if (length > MaxLength)
        {
            throw ImageDecodingException.About(source, FormattableString.Invariant($"the content has {length} bytes or more; at most {MaxLength} are read."));
        }
    }
}
