namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies how to handle an image whose data are damaged, so that part of it is decoded wrong.</summary>
public enum DamagedDataHandling
{
    /// <summary>
    /// Accepts the image as the decoder outputs it, as most programs do. An image that ends too early is still refused. Where a pipeline has a
    /// <c>Logger</c> that takes warnings, it is told of each damaged image; a JPEG is then read twice.
    /// </summary>
    Accept,

    /// <summary>Refuses the image. This reads a JPEG twice, once for its codes alone. Other formats have checksums, or are always refused when damaged.</summary>
    Refuse,
}
