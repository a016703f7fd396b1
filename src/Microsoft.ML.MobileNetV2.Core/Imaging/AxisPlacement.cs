namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Represents the mapping of one axis of an image to the square: the axis is scaled to a length, and a part of that is taken.</summary>
/// <param name="ScaledLength">Length in pixels to which the whole axis is scaled.</param>
/// <param name="First">First pixel of the scaled axis that is needed.</param>
/// <param name="Count">How many pixels of the scaled axis are needed.</param>
/// <param name="Offset">Where the first of them lands in the square.</param>
/// <remarks>Length and first pixel are whole numbers where the scaled image is an image of its own, of which a part is taken.</remarks>
internal readonly record struct AxisPlacement(double ScaledLength, double First, int Count, int Offset);
