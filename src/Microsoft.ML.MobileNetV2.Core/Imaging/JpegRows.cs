using System.Buffers;
using SkiaSharp;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Decodes a JPEG row by row, only the columns that are needed, so that the image is never in memory as a whole.</summary>
internal sealed unsafe class JpegRows : PixelRows
{
    // A block's height: the codec decodes so many rows at once anyway.
    private const int BatchSize = 16;

    // At a cut edge the colors of a pixel are interpolated without its neighbor, so a few more columns than needed are decoded.
    private const int CutMargin = 4;

    private readonly SKCodec _codec;
    private readonly string _source;
    private readonly ImageLayout _layout;
    private readonly int _lastNeeded;
    private readonly int _offset;
    private readonly int _length;
    private readonly int _rowBytes;
    private readonly byte[] _buffer;
    private int _bufferFirst;
    private int _next;

    /// <param name="codec">The codec; not disposed.</param>
    /// <param name="plan">What is needed of the image.</param>
    /// <param name="source">Name of the image, for messages.</param>
    internal JpegRows(SKCodec codec, ResizePlan plan, string source)
    {
        _codec = codec;
        _source = source;
        _layout = plan.Layout;
        _lastNeeded = plan.Vertical.First + plan.Vertical.Length - 1;
        int left = Math.Max(0, plan.Horizontal.First - CutMargin);
        int right = Math.Min(_layout.Width, plan.Horizontal.First + plan.Horizontal.Length + CutMargin);
        _offset = (plan.Horizontal.First - left) * BytesPerPixel;
        _length = plan.Horizontal.Length * BytesPerPixel;
        _rowBytes = (right - left) * BytesPerPixel;

        SKImageInfo info = new(_layout.Width, _layout.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);

        // Unless memory is said to be zero, the codec blanks rows that are missing at the end of the data. It then looks at the rectangle
        // given here, which SkiaSharp only keeps during the call: that wrote to any address.
        SKCodecOptions options = new(new SKRectI(left, 0, right, _layout.Height)) { ZeroInitialized = SKZeroInitialized.Yes };
        ImageDecoder.Require(codec.StartScanlineDecode(info, options), source);
        _buffer = ArrayPool<byte>.Shared.Rent(BatchSize * _rowBytes);
    }

    public override void Dispose()
    {
        ArrayPool<byte>.Shared.Return(_buffer);
        base.Dispose();
    }

    internal override void Read(int y, Span<float> levels)
    {
        if (y >= _next)
        {
            Skip(y);
            Decode(Math.Min(BatchSize, _lastNeeded + 1 - y));
        }

        PixelRow.Widen(_buffer.AsSpan(((y - _bufferFirst) * _rowBytes) + _offset, _length), levels);
    }

    // Skipping does not notice the end of the data, but decoding the last row does.
    internal override void Finish()
    {
        if (_next < _layout.Height)
        {
            Skip(_layout.Height - 1);
            Decode(1);
        }
    }

    private void Skip(int row)
    {
        if (row > _next && !_codec.SkipScanlines(row - _next))
        {
            ImageDecoder.Require(SKCodecResult.IncompleteInput, _source);
        }

        _next = row;
    }

    private void Decode(int count)
    {
        fixed (byte* buffer = _buffer)
        {
            if (_codec.GetScanlines((nint)buffer, count, _rowBytes) != count)
            {
                ImageDecoder.Require(SKCodecResult.IncompleteInput, _source);
            }
        }

        _bufferFirst = _next;
        _next += count;
    }
}
