using Microsoft.ML.Data;
using Microsoft.ML.MobileNetV2.Imaging;

namespace Microsoft.ML.MobileNetV2.Transforms;

/// <summary>Represents the pixels of one of ML.NET's images; does not own the image.</summary>
internal sealed class MLImagePixels : IPixelBuffer
{
    private readonly MLImage _image;

    internal MLImagePixels(MLImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        _image = image;
    }

    public int Width => _image.Width;

    public int Height => _image.Height;

    public bool IsBgra => _image.PixelFormat == MLPixelFormat.Bgra32;

    public string Name => _image.Tag ?? nameof(MLImage);

    /// <exception cref="ObjectDisposedException">The image is disposed.</exception>
    public ReadOnlySpan<byte> Pixels
    {
        get
        {
            try
            {
                return _image.Pixels;
            }
            catch (InvalidOperationException e)
            {
                throw new ObjectDisposedException("The image is disposed; it must live until its row has been read.", e);
            }
        }
    }
}
