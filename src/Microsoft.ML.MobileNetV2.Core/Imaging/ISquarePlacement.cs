namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Decides how both axes of an image map to the square.</summary>
internal interface ISquarePlacement
{
    /// <summary>Places both axes of an upright image in the square that the preprocessing asks for.</summary>
    (AxisPlacement X, AxisPlacement Y) Place(int width, int height, ImagePreprocessing preprocessing);
}
