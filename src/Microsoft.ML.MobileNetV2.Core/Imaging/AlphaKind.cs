namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Specifies what the alpha bytes of an image mean.</summary>
internal enum AlphaKind
{
    /// <summary>All pixels are opaque.</summary>
    None,

    /// <summary>Colors are multiplied by alpha, as decoders produce them.</summary>
    Premultiplied,

    /// <summary>Colors are stored as they are, as in an image made of a caller's pixels.</summary>
    Straight,
}
