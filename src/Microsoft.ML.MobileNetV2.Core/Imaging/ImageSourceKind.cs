namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Specifies the form in which an image comes. The names are stored in saved models.</summary>
internal enum ImageSourceKind
{
    /// <summary>The path of a file.</summary>
    Path,

    /// <summary>A stream at the start of an encoded image.</summary>
    Stream,

    /// <summary>An encoded image in memory.</summary>
    Encoded,

    /// <summary>A decoded image in memory.</summary>
    Image,

    /// <summary>The pixels of an image that has the network's input size.</summary>
    Pixels,
}
