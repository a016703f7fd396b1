namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Specifies the order of the values in a column of pixels.</summary>
internal enum PixelLayout
{
    /// <summary>Shape (3, height, width): a plane for each color.</summary>
    Planar,

    /// <summary>Shape (height, width, 3): the colors of a pixel are neighbors.</summary>
    Interleaved,
}
