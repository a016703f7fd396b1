namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Decides what becomes of both axes of an image when it becomes the square.</summary>
internal interface ISquarePlacement
{
    /// <summary>Places both axes of an upright image.</summary>
    public (AxisPlacement X, AxisPlacement Y) Place(int width, int height);
}
