using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Inference;

/// <summary>Represents a copy of an image in memory, in a buffer that is reused for the next one.</summary>
internal sealed class OwnedPixels : IPixelBuffer
{
    private byte[] _buffer = [];
    private int _length;

    public int Width { get; private set; }

    public int Height { get; private set; }

    public bool IsBgra { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public ReadOnlySpan<byte> Pixels => _buffer.AsSpan(0, _length);

    internal void CopyFrom(IPixelBuffer image)
    {
        ReadOnlySpan<byte> pixels = image.Pixels;
        if (_buffer.Length < pixels.Length)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(pixels.Length);
        }

        pixels.CopyTo(_buffer);
        _length = pixels.Length;
        Width = image.Width;
        Height = image.Height;
        IsBgra = image.IsBgra;
        Name = image.Name;
    }
}
