namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies what is done with an image whose data are damaged inside, so that a part of it is wrong.</summary>
public enum DamagedDataHandling
{
    /// <summary>
    /// Takes the image as the decoder makes it, as most programs do. An image that ends too early is refused all the same. Where a pipeline has a
    /// <c>Logger</c> that takes warnings, it is told of each damaged image, for which a JPEG is read twice.
    /// </summary>
    Accept,

    /// <summary>Refuses the image. A JPEG is read twice for it, once for its codes alone. Other formats have checksums, or are always refused when damaged.</summary>
    Refuse,
}
