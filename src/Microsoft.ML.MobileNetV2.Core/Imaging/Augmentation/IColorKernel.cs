namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Changes the colors of some pixels, each on its own.</summary>
internal interface IColorKernel
{
    RgbVectors Apply(RgbVectors pixels);
}
