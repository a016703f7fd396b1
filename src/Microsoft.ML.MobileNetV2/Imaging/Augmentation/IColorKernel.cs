namespace Microsoft.ML.MobileNetV2;

/// <summary>Changes the colours of some pixels, each on its own.</summary>
internal interface IColorKernel
{
    public RgbVectors Apply(RgbVectors pixels);
}
