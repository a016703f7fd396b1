namespace Microsoft.ML.MobileNetV2;

/// <summary>Names the filter that resizing uses; both are antialiased, that is widened by the scale when an image shrinks.</summary>
public enum ImageInterpolation
{
    /// <summary>The triangle filter: Pillow's <c>BILINEAR</c>.</summary>
    Bilinear,

    /// <summary>The cubic filter with a = −0.5: Pillow's <c>BICUBIC</c>.</summary>
    Bicubic,
}
