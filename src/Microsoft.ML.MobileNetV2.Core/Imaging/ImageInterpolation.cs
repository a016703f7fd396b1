namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the filter for resizing. Both filters are antialiased: they are widened by the scale when an image shrinks.</summary>
public enum ImageInterpolation
{
    /// <summary>The triangle filter: Pillow's <c>BILINEAR</c>.</summary>
    Bilinear,

    /// <summary>The cubic filter with a = −0.5: Pillow's <c>BICUBIC</c>.</summary>
    Bicubic,
}
