using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Multiplies the differences from each pixel's own gray level.</summary>
internal readonly struct SaturationKernel(float factor) : IColorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RgbVectors Apply(RgbVectors pixels) => pixels.Blend(pixels.Gray, factor);
}
