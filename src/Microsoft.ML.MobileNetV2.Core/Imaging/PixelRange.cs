namespace Microsoft.ML.MobileNetV2;

/// <summary>Specifies the range of the values in a column of pixels.</summary>
public enum PixelRange
{
    /// <summary>Values are from 0 to 255, as ML.NET's <c>ExtractPixels</c> outputs them.</summary>
    Byte,

    /// <summary>Values are from 0 to 1, as <c>ExtractPixels</c> with <c>scaleImage: 1 / 255f</c> outputs them.</summary>
    Unit,
}
