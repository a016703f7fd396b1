namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents a decoded image in caller-owned memory: four bytes for each pixel, row by row.</summary>
internal interface IPixelBuffer
{
    int Width { get; }

    int Height { get; }

    /// <summary>Gets a value indicating whether blue comes first, not red; alpha is last in both orders.</summary>
    bool IsBgra { get; }

    /// <summary>Gets the name of the image, for messages.</summary>
    string Name { get; }

    /// <summary>Gets the pixels, which stay valid as long as the buffer is referenced.</summary>
    ReadOnlySpan<byte> Pixels { get; }
}
