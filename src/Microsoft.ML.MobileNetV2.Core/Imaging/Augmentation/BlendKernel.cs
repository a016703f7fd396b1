using System.Numerics;
using System.Runtime.CompilerServices;

namespace Microsoft.ML.MobileNetV2.Imaging;

/// <summary>Multiplies the differences from one gray level.</summary>
internal readonly struct BlendKernel(float factor, float gray) : IColorKernel
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public RgbVectors Apply(RgbVectors pixels) => pixels.Blend(new Vector<float>(gray), factor);
}
