namespace Microsoft.ML.MobileNetV2;

/// <summary>Represents one number for each color channel.</summary>
/// <param name="Red">Value of the red channel.</param>
/// <param name="Green">Value of the green channel.</param>
/// <param name="Blue">Value of the blue channel.</param>
public readonly record struct RgbValues(float Red, float Green, float Blue)
{
    internal bool IsFinite => float.IsFinite(Red) && float.IsFinite(Green) && float.IsFinite(Blue);
}
