namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Is a part of an upright image in whole pixels.</summary>
internal readonly record struct CropBox(int X, int Y, int Width, int Height);
